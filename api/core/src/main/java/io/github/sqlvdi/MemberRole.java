package io.github.sqlvdi;

/** The role of a process in a device set of the embedded VDI (VDI reference 2.4). */
public enum MemberRole {

    /** The client that created the set. */
    PRIMARY,

    /** The server, which takes the part of SQL Server. */
    SERVER,

    /** A client that joined the set of a primary. */
    SECONDARY
}
