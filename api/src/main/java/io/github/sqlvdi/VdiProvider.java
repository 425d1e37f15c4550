package io.github.sqlvdi;

/** Which implementation of the Virtual Device Interface serves a device set. */
public enum VdiProvider {

    /**
     * The choice is made outside the program: by the system property {@code io.github.sqlvdi.provider}, else by the
     * environment variable {@code SQLVDI_PROVIDER}, else it is {@link #EMBEDDED}.
     */
    AUTOMATIC,

    /**
     * The implementation contained in this library, client and server half. It connects processes of the same user on
     * the same machine and knows nothing of SQL Server: use it for tests, demonstrations and measurements.
     */
    EMBEDDED,

    /**
     * Microsoft's library, needed for a backup or restore by a real SQL Server: {@code sqlvdi.dll} through COM on
     * Windows (VDI reference 3.2), {@code libsqlvdi.so} on Linux (VDI reference 13.1). Where this library cannot use
     * it, making a set throws an {@link UnsupportedOperationException} that says why.
     */
    NATIVE
}
