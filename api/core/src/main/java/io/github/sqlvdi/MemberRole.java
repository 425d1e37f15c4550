package io.github.sqlvdi;

/** What a process does in a device set of the embedded VDI (VDI reference 2.4). */
public enum MemberRole {

    /** The client that created the set. */
    PRIMARY,

    /** The server, SQL Server's part. */
    SERVER,

    /** A client that joined the set of a primary. */
    SECONDARY
}
