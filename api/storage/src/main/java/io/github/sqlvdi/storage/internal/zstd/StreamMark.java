package io.github.sqlvdi.storage.internal.zstd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A skippable frame at the beginning and at the end of a stream. zstd itself cannot tell a file that was cut between two
 * frames from a whole one. Other programs ignore the marks.
 *
 * @param end whether it is the mark at the end
 * @param bytes the length of the content between the marks; 0 in the mark at the beginning
 */
record StreamMark(boolean end, long bytes) {

    private static final int MAGIC = 0x184D2A53;
    private static final byte[] NAME = "sqlvdi1".getBytes(StandardCharsets.US_ASCII);
    private static final int CONTENT = NAME.length + 1 + Long.BYTES;
    /** The length of a mark in bytes. */
    static final int LENGTH = 8 + CONTENT;

    byte[] frame() {
        return ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN).putInt(MAGIC).putInt(CONTENT).put(NAME)
                .put((byte) (end ? 'E' : 'B')).putLong(bytes).array();
    }

    private static byte[] name(ByteBuffer in) {
        byte[] name = new byte[NAME.length];
        in.get(name);
        return name;
    }

    /** {@return the mark at the position of a buffer; empty if there is another frame} */
    static Optional<StreamMark> read(ByteBuffer bytes) {
        ByteBuffer in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < LENGTH || in.getInt() != MAGIC || in.getInt() != CONTENT
                || !Arrays.equals(name(in), NAME)) {
            return Optional.empty();
        }
        return switch (in.get()) {
            case 'B' -> Optional.of(new StreamMark(false, in.getLong()));
            case 'E' -> Optional.of(new StreamMark(true, in.getLong()));
            default -> Optional.empty();
        };
    }
}
