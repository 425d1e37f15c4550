package io.github.sqlvdi.emulator.internal.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The pre-login message of a client (MS-TDS 2.2.6.5).
 *
 * @param encryption the encryption value, {@link Encryption#OFF} to {@link Encryption#REQUIRE}, perhaps with more bits
 * @param instance the instance name, empty for any
 * @param federated whether the client asked about federated authentication
 */
record Prelogin(int encryption, String instance, boolean federated) {

    private static final int VERSION = 0;
    private static final int ENCRYPTION = 1;
    private static final int INSTANCE = 2;
    private static final int THREAD = 3;
    private static final int MARS = 4;
    private static final int FEDERATED = 6;
    private static final int END = 0xFF;
    /** More options than any version of the protocol has. */
    private static final int MAX_OPTIONS = 64;

    static Prelogin read(Payload payload) throws ProtocolException {
        int encryption = Encryption.NOT_SUPPORTED;
        String instance = "";
        boolean federated = false;
        for (int option = 0, token; (token = payload.u8()) != END; option++) {
            int offset = payload.u16BigEndian();
            int length = payload.u16BigEndian();
            if (option >= MAX_OPTIONS) {
                throw new ProtocolException(
                        String.format(Locale.ROOT, "A pre-login has more than %d options", MAX_OPTIONS));
            }
            int next = payload.position();
            byte[] data = payload.seek(offset).bytes(length);
            payload.seek(next);
            switch (token) {
                case ENCRYPTION -> encryption = length > 0 ? data[0] & 0xFF : encryption;
                case INSTANCE -> instance = terminated(data);
                case FEDERATED -> federated = true;
                default -> { // thread id, trace id, nonce: not needed
                }
            }
        }
        return new Prelogin(encryption, instance, federated);
    }

    private static String terminated(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Writes the answer. The version has the four numbers major, minor, build and revision. */
    void answer(MessageWriter out, int[] version, int answeredEncryption, String ownInstance) throws IOException {
        boolean wrongInstance = !instance.isEmpty() && !instance.equalsIgnoreCase("MSSQLServer")
                && !instance.equalsIgnoreCase(ownInstance);
        int table = (federated ? 6 : 5) * 5 + 1;
        int offset = option(out, VERSION, table, 6);
        offset = option(out, ENCRYPTION, offset, 1);
        offset = option(out, INSTANCE, offset, 1);
        offset = option(out, THREAD, offset, 0);
        offset = option(out, MARS, offset, 1);
        if (federated) {
            option(out, FEDERATED, offset, 1);
        }
        out.u8(END);
        out.u8(version[0]);
        out.u8(version[1]);
        out.u8(version[2] >>> 8);
        out.u8(version[2]);
        out.u16(version[3]);
        out.u8(answeredEncryption);
        out.u8(wrongInstance ? 1 : 0);
        out.u8(0); // no MARS
        if (federated) {
            out.u8(0);
        }
        out.end();
    }

    private static int option(MessageWriter out, int token, int offset, int length) throws IOException {
        out.u8(token);
        out.u8(offset >>> 8);
        out.u8(offset);
        out.u8(length >>> 8);
        out.u8(length);
        return offset + length;
    }
}
