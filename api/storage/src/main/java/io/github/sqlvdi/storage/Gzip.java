package io.github.sqlvdi.storage;

import io.github.sqlvdi.codec.Codec;
import io.github.sqlvdi.codec.StreamEncoder;
import io.github.sqlvdi.storage.internal.gzip.GzipChannel;
import io.github.sqlvdi.storage.internal.gzip.GzipStreamEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Locale;
import java.util.concurrent.Executor;

/**
 * gzip (RFC 1952) with the JDK's own library, for places without zstd. A stream becomes members of 4 MiB, which are
 * compressed in parallel: an ordinary {@code .gz} file. Files of other programs are read too, on one thread. It is several
 * times slower than {@link Zstd} and compresses less.
 */
public final class Gzip implements Codec {

    /** The level that {@code gzip} has by default, too. */
    public static final int DEFAULT_LEVEL = 6;
    /** The greatest level. */
    public static final int MAX_LEVEL = 9;

    private final int level;

    private Gzip(int level) {
        this.level = level;
    }

    /**
     * Makes a codec.
     *
     * @param level 1 (fast) to {@value #MAX_LEVEL} (small)
     * @return the codec
     * @throws IllegalArgumentException if the level is out of its range
     */
    public static Gzip level(int level) {
        if (level < 1 || level > MAX_LEVEL) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "level is %d: expected 1 to %d for gzip", level, MAX_LEVEL));
        }
        return new Gzip(level);
    }

    @Override
    public String name() {
        return "gzip";
    }

    @Override
    public String suffix() {
        return ".gz";
    }

    @Override
    public StreamEncoder encoder() {
        return new GzipStreamEncoder(level);
    }

    @Override
    public int headBytes() {
        return GzipChannel.HEAD_BYTES;
    }

    @Override
    public boolean recognizes(ByteBuffer head) {
        return GzipChannel.recognizes(head);
    }

    @Override
    public ReadableByteChannel decode(ReadableByteChannel encoded, Executor workers) {
        return new GzipChannel(encoded);
    }
}
