package io.github.sqlvdi;

import io.github.sqlvdi.diagnosis.Diagnosis;

/** Which implementation of the Virtual Device Interface serves a device set. */
public enum VdiProvider {

    /**
     * The library chooses by settings outside the program: by the system property {@code io.github.sqlvdi.provider},
     * else by the environment variable {@code SQLVDI_PROVIDER}, else it is {@link #NATIVE} where a native VDI is
     * present and {@link #EMBEDDED} where none is. Present means: named by the property
     * {@code io.github.sqlvdi.library} or the environment variable {@code SQLVDI_LIBRARY}; or registered with Windows;
     * or installed as {@code /opt/mssql/lib/libsqlvdi.so}. A native VDI that is present but cannot be used is an error;
     * the embedded one does not replace it. {@link Diagnosis} reports the choice and its reason.
     */
    AUTOMATIC,

    /**
     * The implementation contained in this library, client and server half. It connects processes of the same user on
     * the same machine and has no connection to SQL Server: use it for tests, demonstrations and measurements.
     */
    EMBEDDED,

    /**
     * Microsoft's library, needed for a backup or restore by a real SQL Server: {@code sqlvdi.dll} through COM on
     * Windows (VDI reference 3.2), {@code libsqlvdi.so} on Linux (VDI reference 13.1), or the library that the property
     * {@code io.github.sqlvdi.library} or the environment variable {@code SQLVDI_LIBRARY} names. Where it cannot be
     * loaded, making a set throws an {@link UnsupportedOperationException} that says why; where COM cannot make its
     * objects, a {@link VdiException} with COM's code.
     */
    NATIVE
}
