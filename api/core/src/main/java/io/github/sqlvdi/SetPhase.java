package io.github.sqlvdi;

/** The phase of the configuration of a device set of the embedded VDI. */
public enum SetPhase {

    /** The client created the set; no server has opened it yet. */
    CREATED,

    /** A server opened the set and is configuring it. */
    CONNECTED,

    /** The configuration is complete; devices can be opened. */
    CONFIGURED,

    /** The shared memory has another value: it is damaged, or another version wrote it. */
    UNKNOWN
}
