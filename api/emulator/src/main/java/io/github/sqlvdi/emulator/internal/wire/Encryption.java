package io.github.sqlvdi.emulator.internal.wire;

import java.util.Locale;

/** The encryption that a server offers in its pre-login, and the values on the wire (MS-TDS 2.2.6.5). */
public enum Encryption {
    /** TLS for the login always, for the rest if the client wants it. */
    OPTIONAL,
    /** TLS for everything. */
    REQUIRED,
    /** No TLS at all. */
    NONE,
    /** TDS 8.0 only: TLS before the first byte of TDS. */
    STRICT;

    static final int OFF = 0;
    static final int ON = 1;
    static final int NOT_SUPPORTED = 2;
    static final int REQUIRE = 3;
    private static final int CLIENT_CERTIFICATE = 0x80;

    /** The value that answers the client's. */
    int answer(int client) throws ProtocolException {
        if ((client & CLIENT_CERTIFICATE) != 0 || client > REQUIRE) {
            throw new ProtocolException(
                    String.format(Locale.ROOT, "Encryption value 0x%02x of a pre-login is not supported", client));
        }
        if (this == NONE) {
            return NOT_SUPPORTED;
        }
        if (client == ON || client == REQUIRE) {
            return ON;
        }
        return this == OPTIONAL ? client : REQUIRE;
    }
}
