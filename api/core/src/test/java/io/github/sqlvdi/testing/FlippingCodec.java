package io.github.sqlvdi.testing;

import io.github.sqlvdi.codec.BlockEncoder;
import io.github.sqlvdi.codec.Codec;
import io.github.sqlvdi.codec.StreamEncoder;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A format for tests: four letters, then blocks of a word (the length, negative for the last block, which every stream has
 * once) and the flipped bytes. Counts the encoders that are open.
 *
 * @param mark the four letters, different for codecs that are used together
 * @param blockBytes the length of a block
 * @param failing the number of the block at which the encoder fails; -1 for none
 * @param open how many encoders are open
 */
public record FlippingCodec(String mark, int blockBytes, long failing, AtomicInteger open) implements Codec {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    public FlippingCodec(String mark, int blockBytes) {
        this(mark, blockBytes, -1, new AtomicInteger());
    }

    @Override
    public String name() {
        return "flip-" + mark;
    }

    @Override
    public String suffix() {
        return "." + mark;
    }

    @Override
    public int headBytes() {
        return 4;
    }

    @Override
    public boolean recognizes(ByteBuffer head) {
        byte[] begin = new byte[Math.min(4, head.remaining())];
        head.get(head.position(), begin);
        return mark.equals(new String(begin, java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    @Override
    public StreamEncoder encoder() {
        open.incrementAndGet();
        return new StreamEncoder() {
            @Override
            public int blockBytes() {
                return blockBytes;
            }

            @Override
            public long encodedBytes(int bytes) {
                return bytes + 4L;
            }

            @Override
            public byte[] header() {
                return mark.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            }

            @Override
            public BlockEncoder blocks() {
                open.incrementAndGet();
                return new Blocks();
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }

    private final class Blocks implements BlockEncoder {

        private MemorySegment output;
        private long index;
        private int filled;

        @Override
        public void begin(long number, MemorySegment target) {
            index = number;
            output = target;
            filled = 0;
        }

        @Override
        public void write(MemorySegment input) throws IOException {
            if (index == failing) {
                throw new IOException("block " + index + " fails");
            }
            for (long at = 0; at < input.byteSize(); at++) {
                output.set(ValueLayout.JAVA_BYTE, 4L + filled++, (byte) ~input.get(ValueLayout.JAVA_BYTE, at));
            }
        }

        @Override
        public int finish(boolean last) {
            if (!last && filled != blockBytes) {
                throw new IllegalStateException("block " + index + " has " + filled + " bytes and is not the last");
            }
            output.set(INT, 0, last ? -filled - 1 : filled);
            return 4 + filled;
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    @Override
    public ReadableByteChannel decode(ReadableByteChannel encoded, Executor workers) throws IOException {
        read(encoded, 4);
        return new ReadableByteChannel() {
            private ByteBuffer block = ByteBuffer.allocate(0);
            private boolean last;

            @Override
            public int read(ByteBuffer target) throws IOException {
                while (!block.hasRemaining()) {
                    if (last) {
                        return -1;
                    }
                    int length = FlippingCodec.read(encoded, 4).order(java.nio.ByteOrder.nativeOrder()).getInt();
                    last = length < 0;
                    block = FlippingCodec.read(encoded, last ? -length - 1 : length);
                    for (int at = 0; at < block.limit(); at++) {
                        block.put(at, (byte) ~block.get(at));
                    }
                }
                int count = Math.min(target.remaining(), block.remaining());
                target.put(block.slice(block.position(), count));
                block.position(block.position() + count);
                return count;
            }

            @Override
            public boolean isOpen() {
                return encoded.isOpen();
            }

            @Override
            public void close() throws IOException {
                encoded.close();
            }
        };
    }

    private static ByteBuffer read(ReadableByteChannel source, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (source.read(bytes) < 0) {
                throw new EOFException("the stream is cut");
            }
        }
        return bytes.flip();
    }
}
