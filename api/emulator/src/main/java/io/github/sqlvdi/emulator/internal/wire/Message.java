package io.github.sqlvdi.emulator.internal.wire;

/**
 * One message of a client: the data of its packets, put together.
 *
 * @param type the packet type, one of the constants here
 * @param status the status bits of the first packet, without the end-of-message bit
 * @param data the payload
 */
public record Message(int type, int status, byte[] data) {

    /** SQL batch. */
    public static final int BATCH = 1;
    /** Remote procedure call. */
    public static final int RPC = 3;
    /** Server to client: tabular result. */
    public static final int RESULT = 4;
    /** Attention, without data. */
    public static final int ATTENTION = 6;
    /** Bulk load. */
    public static final int BULK = 7;
    /** Transaction manager request. */
    public static final int TRANSACTION = 14;
    /** LOGIN7. */
    public static final int LOGIN = 16;
    /** SSPI data. */
    public static final int SSPI = 17;
    /** Pre-login, and TLS handshake bytes of TDS 7.x. */
    public static final int PRELOGIN = 18;

    /** Status bit: the last packet of a message. */
    public static final int END = 0x01;
    /** Status bit: the client gave the message up; do not process it. */
    public static final int IGNORE = 0x02;
    /** Status bit: reset the session before the request. */
    public static final int RESET = 0x08;
    /** Status bit: reset the session but keep its transaction. */
    public static final int RESET_KEEP_TRANSACTION = 0x10;

    /** {@return whether the client asked to reset the session before this request} */
    public boolean isReset() {
        return (status & (RESET | RESET_KEEP_TRANSACTION)) != 0;
    }

    /** {@return the payload as a reader} */
    public Payload payload() {
        return new Payload(data);
    }

    static boolean isKnown(int type) {
        return switch (type) {
            case BATCH, RPC, ATTENTION, BULK, TRANSACTION, LOGIN, SSPI, PRELOGIN -> true;
            default -> false;
        };
    }
}
