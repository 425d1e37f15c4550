package io.github.sqlvdi;

/** How far the configuration of a device set of the embedded VDI is. */
public enum SetPhase {

    /** Created; no server came yet. */
    CREATED,

    /** A server opened it and configures. */
    CONNECTED,

    /** The configuration is complete; devices can be opened. */
    CONFIGURED,

    /** The shared memory says something else: it is damaged or of another version. */
    UNKNOWN
}
