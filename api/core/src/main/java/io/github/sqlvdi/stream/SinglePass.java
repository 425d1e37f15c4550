package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Content that can be read only once, opened to look into its beginning. Keeps the bytes that were read, and is the device
 * that gives them and the rest to the restore.
 */
final class SinglePass implements JobDevice {

    /** More than the head of any backup: what is read to look into the content stays in memory. */
    private static final int MOST = 128 << 20;

    private final StoredContent content;
    private final Optional<Pipeline> pipeline;
    private byte[] head = new byte[64 << 10];
    private int length;

    SinglePass(StoredContent content, Optional<Pipeline> pipeline) {
        this.content = content;
        this.pipeline = pipeline;
    }

    /** {@return the content from its first byte; what is read of it is kept} */
    StoredContent again() {
        return content.lend(new Replay(true));
    }

    @Override
    public CommandHandler open(VdiConfig agreed) {
        ReadableByteChannel bytes = new Replay(false);
        return pipeline.isPresent() ? new DecodingDevice(content.stored(), bytes, pipeline.get())
                : PipeDevice.reading(bytes);
    }

    @Override
    public void finish(boolean succeeded) throws IOException {
        content.close();
    }

    @Override
    public Optional<Object> identity() {
        return content.source().identity();
    }

    private void keep(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        if (count > MOST - length) {
            throw new IOException(String.format(Locale.ROOT,
                    "%s can be read only once, and more than %,d bytes of it were asked for before the restore",
                    content.source().name(), MOST));
        }
        if (count > head.length - length) {
            head = Arrays.copyOf(head, Math.min(MOST, Math.max(length + count, 2 * head.length)));
        }
        bytes.get(head, length, count);
        length += count;
    }

    /** The kept bytes and the rest. */
    private final class Replay implements ReadableByteChannel {

        private final boolean keeping;
        private int position;

        Replay(boolean keeping) {
            this.keeping = keeping;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (position < length && target.hasRemaining()) {
                int count = Math.min(target.remaining(), length - position);
                target.put(head, position, count);
                position += count;
                return count;
            }
            int start = target.position();
            int count = content.read(target);
            if (keeping && count > 0) {
                keep(target.duplicate().position(start).limit(start + count));
                position = length;
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return content.isOpen();
        }

        @Override
        public void close() throws IOException {
            if (!keeping) {
                content.close();
            }
        }
    }
}
