package io.github.sqlvdi.emulator.internal.wire;

import java.util.Arrays;
import java.util.Locale;

/**
 * LOGIN7 (MS-TDS 2.2.6.4): who logs in, with which version of the protocol.
 *
 * @param version the TDS version as sent, for example 0x74000004
 * @param packetSize the packet size asked for, 0 for the server's choice
 * @param host the client's machine
 * @param user the login
 * @param password the password
 * @param application the program
 * @param library the client library
 * @param database the initial database, empty for the login's default
 * @param integrated whether SSPI is asked for, which this server refuses
 * @param changesPassword whether a new password was sent, which this server refuses
 * @param features whether a block of feature requests was sent
 * @param utf8 whether the client asks for UTF-8 support
 * @param federated whether federated authentication is asked for, which this server refuses
 */
public record Login(int version, int packetSize, String host, String user, String password, String application,
        String library, String database, boolean integrated, boolean changesPassword, boolean features, boolean utf8,
        boolean federated) {

    /** TDS 8.0. */
    public static final int TDS_8_0 = 0x08000000;
    /** TDS 7.4. */
    public static final int TDS_7_4 = 0x74000004;
    /** TDS 7.3. */
    public static final int TDS_7_3 = 0x730A0003;
    /** TDS 7.2. */
    public static final int TDS_7_2 = 0x72090002;
    /** TDS 7.1. */
    public static final int TDS_7_1 = 0x71000001;

    private static final int INTEGRATED = 0x80;
    private static final int CHANGE_PASSWORD = 0x01;
    private static final int EXTENSION = 0x10;
    private static final int FEATURE_FEDERATED = 0x02;
    private static final int FEATURE_UTF8 = 0x0A;
    private static final int END = 0xFF;

    static Login read(Payload payload) throws ProtocolException {
        payload.seek(4);
        int version = payload.i32();
        long packetSize = payload.u32();
        payload.seek(24).u8();
        int flags2 = payload.u8();
        payload.u8();
        int flags3 = payload.u8();
        boolean extended = (flags3 & EXTENSION) != 0;
        boolean utf8 = false;
        boolean federated = false;
        if (extended) {
            payload.seek(56);
            payload.seek(payload.u16());
            payload.seek(payload.u32());
            for (int feature; (feature = payload.u8()) != END;) {
                payload.skip(payload.u32());
                utf8 |= feature == FEATURE_UTF8;
                federated |= feature == FEATURE_FEDERATED;
            }
        }
        return new Login(version, (int) Math.min(packetSize, MessageReader.MAX_PACKET), string(payload, 36),
                string(payload, 40), password(payload), string(payload, 48), string(payload, 60),
                string(payload, 68), (flags2 & INTEGRATED) != 0, (flags3 & CHANGE_PASSWORD) != 0, extended, utf8,
                federated);
    }

    private static String string(Payload payload, int at) throws ProtocolException {
        int offset = payload.seek(at).u16();
        int characters = payload.u16();
        return characters == 0 ? "" : payload.seek(offset).text(characters);
    }

    private static String password(Payload payload) throws ProtocolException {
        int offset = payload.seek(44).u16();
        int characters = payload.u16();
        if (characters == 0) {
            return "";
        }
        byte[] scrambled = payload.seek(offset).bytes(characters * 2L);
        for (int index = 0; index < scrambled.length; index++) {
            int mixed = (scrambled[index] ^ 0xA5) & 0xFF;
            scrambled[index] = (byte) (mixed << 4 | mixed >>> 4);
        }
        String password = new Payload(scrambled).text(characters);
        Arrays.fill(scrambled, (byte) 0);
        return password;
    }

    /** {@return the version that both sides speak: the client's, at most the server's highest} */
    public int spoken() {
        if (version == TDS_8_0) {
            return TDS_8_0;
        }
        return Integer.compareUnsigned(version, TDS_7_4) > 0 ? TDS_7_4 : version;
    }

    /** {@return all but the password} */
    @Override
    public String toString() {
        return String.format(Locale.ROOT,
                "Login[user=%s, host=%s, application=%s, library=%s, database=%s, version=0x%08x]", user, host,
                application, library, database, version);
    }
}
