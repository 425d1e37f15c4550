package io.github.sqlvdi.storage;

import io.github.sqlvdi.codec.Codec;
import io.github.sqlvdi.codec.StreamEncoder;
import io.github.sqlvdi.storage.internal.zstd.ZstdChannel;
import io.github.sqlvdi.storage.internal.zstd.ZstdLibrary;
import io.github.sqlvdi.storage.internal.zstd.ZstdStreamEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Locale;
import java.util.concurrent.Executor;

/**
 * zstd (RFC 8878). A stream becomes frames of 4 MiB each, with the size and the checksum of their content: an ordinary
 * {@code .zst} file, which {@code zstd -d} opens. The frames are compressed and decompressed in parallel. Files of other
 * programs are read too, one long frame on one thread; windows up to 128 MiB are accepted, as {@code zstd -d} does.
 *
 * <p>It uses {@code libzstd.so.1} of the system, or zstd-jni ({@code com.github.luben:zstd-jni}), an optional dependency for
 * systems without that library. The system property {@code io.github.sqlvdi.storage.zstd} with the value {@code system} or
 * {@code jni} allows only one of them.
 */
public final class Zstd implements Codec {

    /** The level that {@code zstd} has by default, too. */
    public static final int DEFAULT_LEVEL = 3;
    /** The greatest level. */
    public static final int MAX_LEVEL = 19;

    private final int level;

    private Zstd(int level) {
        this.level = level;
    }

    /**
     * Makes a codec.
     *
     * @param level 1 (fast) to {@value #MAX_LEVEL} (small)
     * @return the codec
     * @throws IllegalArgumentException if the level is out of its range
     */
    public static Zstd level(int level) {
        if (level < 1 || level > MAX_LEVEL) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "level is %d: expected 1 to %d for zstd", level, MAX_LEVEL));
        }
        return new Zstd(level);
    }

    /**
     * Says which implementation is used here.
     *
     * @return its name and version
     * @throws IOException if there is none; the message says what to install
     */
    public static String implementation() throws IOException {
        return ZstdLibrary.find().description();
    }

    @Override
    public String name() {
        return "zstd";
    }

    @Override
    public String suffix() {
        return ".zst";
    }

    @Override
    public StreamEncoder encoder() throws IOException {
        return new ZstdStreamEncoder(ZstdLibrary.find(), level);
    }

    @Override
    public int headBytes() {
        return ZstdChannel.HEAD_BYTES;
    }

    @Override
    public boolean recognizes(ByteBuffer head) {
        return ZstdChannel.recognizes(head);
    }

    @Override
    public ReadableByteChannel decode(ReadableByteChannel encoded, Executor workers) throws IOException {
        return new ZstdChannel(encoded, ZstdLibrary.find(), workers);
    }
}
