package io.github.sqlvdi;

/** Which implementation of the Virtual Device Interface serves a device set. */
public enum VdiProvider {

    /**
     * The native library where this machine has one, else the embedded implementation. A native library that is
     * present but cannot be used is an error, never a silent change to the embedded one.
     */
    AUTOMATIC,

    /**
     * The implementation contained in this library, client and server half. It connects processes of the same user on
     * the same machine and knows nothing of SQL Server: use it for tests, demonstrations and measurements.
     */
    EMBEDDED,

    /**
     * Microsoft's library: {@code sqlvdi.dll} through COM on Windows (VDI reference 3.2), {@code libsqlvdi.so} on
     * Linux (VDI reference 13.1). Needed for a backup or restore by a real SQL Server.
     */
    NATIVE
}
