package io.github.sqlvdi;

import io.github.sqlvdi.diagnosis.Diagnosis;

/** Which implementation of the Virtual Device Interface serves a device set. */
public enum VdiProvider {

    /**
     * The choice is made outside the program: by the system property {@code io.github.sqlvdi.provider}, else by the
     * environment variable {@code SQLVDI_PROVIDER}, else it is {@link #NATIVE} where a native VDI is present and
     * {@link #EMBEDDED} where none is. Present means: named by the property {@code io.github.sqlvdi.library} or the
     * environment variable {@code SQLVDI_LIBRARY}; or registered with Windows; or installed as
     * {@code /opt/mssql/lib/libsqlvdi.so}. One that is present but cannot be used is an error, not a reason to take the
     * other. {@link Diagnosis} tells what is chosen here and why.
     */
    AUTOMATIC,

    /**
     * The implementation contained in this library, client and server half. It connects processes of the same user on
     * the same machine and knows nothing of SQL Server: use it for tests, demonstrations and measurements.
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
