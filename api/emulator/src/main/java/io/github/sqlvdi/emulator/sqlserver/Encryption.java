package io.github.sqlvdi.emulator.sqlserver;

/** How an {@link EmulatedSqlServer} encrypts connections. */
public enum Encryption {

    /** The login is encrypted if the client can, the rest if it wants. The default of SQL Server. */
    OPTIONAL,
    /** Everything is encrypted; SQL Server's "Force Encryption". Clients that cannot are refused. */
    REQUIRED,
    /** Nothing is encrypted. Clients that demand encryption give up. */
    NONE,
    /** TDS 8.0 only: TLS before the first byte of TDS; SQL Server's "Force Strict Encryption". */
    STRICT;

    io.github.sqlvdi.emulator.internal.wire.Encryption wire() {
        return switch (this) {
            case OPTIONAL -> io.github.sqlvdi.emulator.internal.wire.Encryption.OPTIONAL;
            case REQUIRED -> io.github.sqlvdi.emulator.internal.wire.Encryption.REQUIRED;
            case NONE -> io.github.sqlvdi.emulator.internal.wire.Encryption.NONE;
            case STRICT -> io.github.sqlvdi.emulator.internal.wire.Encryption.STRICT;
        };
    }
}
