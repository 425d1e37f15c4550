package io.github.sqlvdi.storage.internal.gzip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A member without content at the beginning and at the end of a stream, with a field of its own in the header. gzip itself
 * cannot tell a file that was cut between two members from a whole one. Other programs ignore the marks.
 *
 * @param end whether it is the mark at the end
 * @param bytes the length of the content between the marks; 0 in the mark at the beginning
 */
record MemberMark(boolean end, long bytes) {

    private static final int FIELD = 1 + Long.BYTES;

    byte[] member() {
        ByteBuffer bytesOfMark = ByteBuffer.allocate(12 + 4 + FIELD + 2 + 8).order(ByteOrder.LITTLE_ENDIAN);
        bytesOfMark.put((byte) 0x1f).put((byte) 0x8b).put((byte) 8).put((byte) GzipChannel.EXTRA).putInt(0)
                .put((byte) 0)
                .put((byte) 0xff);
        bytesOfMark.putShort((short) (4 + FIELD)).put((byte) 'S').put((byte) 'V').putShort((short) FIELD)
                .put((byte) (end ? 'E' : 'B')).putLong(bytes);
        return bytesOfMark.put((byte) 3).put((byte) 0).putInt(0).putInt(0).array(); // deflate's empty block; CRC, length
    }

    /** {@return the mark in the extra field of a member; empty if there is none} */
    static Optional<MemberMark> read(byte[] extra) {
        ByteBuffer in = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() != 4 + FIELD || in.get() != 'S' || in.get() != 'V' || in.getShort() != FIELD) {
            return Optional.empty();
        }
        return switch (in.get()) {
            case 'B' -> Optional.of(new MemberMark(false, in.getLong()));
            case 'E' -> Optional.of(new MemberMark(true, in.getLong()));
            default -> Optional.empty();
        };
    }
}
