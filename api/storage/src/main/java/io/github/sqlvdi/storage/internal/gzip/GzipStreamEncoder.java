package io.github.sqlvdi.storage.internal.gzip;

import io.github.sqlvdi.codec.BlockEncoder;
import io.github.sqlvdi.codec.StreamEncoder;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Encodes a stream as gzip members (RFC 1952) of 4 MiB, between two marks. */
public final class GzipStreamEncoder implements StreamEncoder {

    private static final int BLOCK = 4 << 20;
    /** About what zlib takes for a deflater. */
    private static final int DEFLATER_BYTES = 300 << 10;
    /** Magic number, deflate, no flags, no time, no extra flags, unknown operating system. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final int level;

    /**
     * Makes an encoder.
     *
     * @param level 1 to 9
     */
    public GzipStreamEncoder(int level) {
        this.level = level;
    }

    @Override
    public int blockBytes() {
        return BLOCK;
    }

    /** Stored blocks of deflate cost 5 bytes for each 16 KiB; this is more. */
    @Override
    public long encodedBytes(int bytes) {
        return bytes + (bytes >> 8) + 1024L;
    }

    @Override
    public byte[] header() {
        return new MemberMark(false, 0).member();
    }

    @Override
    public byte[] trailer(long bytes) {
        return new MemberMark(true, bytes).member();
    }

    @Override
    public boolean hasShortBlocks() {
        return true;
    }

    @Override
    public long encoderBytes() {
        return DEFLATER_BYTES;
    }

    @Override
    public BlockEncoder blocks() {
        return new Member(new Deflater(level, true));
    }

    @Override
    public void close() {
        // each member's encoder has its own memory
    }

    private static final class Member implements BlockEncoder {

        private final Deflater deflater;
        private final CRC32 crc = new CRC32();
        private ByteBuffer output;
        private int content;

        Member(Deflater deflater) {
            this.deflater = deflater;
        }

        @Override
        public void begin(long index, MemorySegment target) {
            deflater.reset();
            crc.reset();
            content = 0;
            output = target.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            output.put(HEADER);
        }

        @Override
        public void write(MemorySegment input) throws IOException {
            ByteBuffer bytes = input.asByteBuffer();
            content += bytes.remaining();
            crc.update(bytes.duplicate());
            deflater.setInput(bytes);
            while (!deflater.needsInput()) {
                deflate();
            }
        }

        private void deflate() throws IOException {
            if (deflater.deflate(output) == 0 && !output.hasRemaining()) {
                throw new IOException("gzip does not go on: the output has no room left");
            }
        }

        @Override
        public int finish(boolean last) throws IOException {
            deflater.finish();
            while (!deflater.finished()) {
                deflate();
            }
            output.putInt((int) crc.getValue()).putInt(content);
            return output.position();
        }

        @Override
        public void close() {
            deflater.end();
        }
    }
}
