package io.github.sqlvdi.storage.internal.zstd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of a zstd frame (RFC 8878, 3.1.1.1).
 *
 * @param length the length of the header with its magic number, in bytes
 * @param contentSize the length of the content, -1 if the header does not say it
 * @param checksum whether four bytes of checksum follow the last block
 */
record FrameHeader(int length, long contentSize, boolean checksum) {

    static final int MAGIC = 0xFD2FB528;
    /** The longest header: magic number, descriptor, window, dictionary, content size. */
    static final int MAX_LENGTH = 4 + 1 + 1 + 4 + 8;

    private static final int SKIPPABLE = 0x184D2A50;
    private static final int CHECKSUM = 0x04;
    private static final int CONTENT_SIZE_OF_4_BYTES = 0x80;

    static boolean isFrame(int magic) {
        return magic == MAGIC;
    }

    static boolean isSkippable(int magic) {
        return (magic & 0xFFFFFFF0) == SKIPPABLE;
    }

    /** {@return the header at the position of a buffer; null if the buffer ends before it} */
    static FrameHeader read(ByteBuffer bytes) {
        ByteBuffer in = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < 5) {
            return null;
        }
        int start = in.position();
        int descriptor = in.get(start + 4);
        boolean single = (descriptor & 0x20) != 0;
        int dictionary = new int[]{0, 1, 2, 4}[descriptor & 3];
        int size = new int[]{single ? 1 : 0, 2, 4, 8}[descriptor >> 6 & 3];
        int sizeAt = start + 5 + (single ? 0 : 1) + dictionary;
        if (in.limit() < sizeAt + size) {
            return null;
        }
        long content = switch (size) {
            case 1 -> in.get(sizeAt) & 0xFF;
            case 2 -> (in.getShort(sizeAt) & 0xFFFF) + 256;
            case 4 -> in.getInt(sizeAt) & 0xFFFFFFFFL;
            case 8 -> in.getLong(sizeAt);
            default -> -1;
        };
        return new FrameHeader(sizeAt + size - start, content, (descriptor & CHECKSUM) != 0);
    }

    /**
     * Tells the length of the content in a header that libzstd wrote without it, at the beginning of the stream of a block
     * whose length it could not know. The frame begins 4 bytes behind the beginning of the buffer, which are needed now.
     *
     * @return whether the header had the expected form; if not, nothing was changed
     */
    static boolean addContentSize(ByteBuffer output, int contentSize) {
        ByteBuffer bytes = output.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getInt(4) != MAGIC || bytes.get(8) != CHECKSUM) {
            return false;
        }
        byte window = bytes.get(9);
        bytes.putInt(0, MAGIC).put(4, (byte) (CHECKSUM | CONTENT_SIZE_OF_4_BYTES)).put(5, window).putInt(6,
                contentSize);
        return true;
    }
}
