package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.codec.BlockEncoder;
import io.github.sqlvdi.codec.Codec;
import io.github.sqlvdi.codec.StreamEncoder;
import io.github.sqlvdi.storage.AgeCipher;
import io.github.sqlvdi.storage.Gzip;
import io.github.sqlvdi.storage.Zstd;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Which codecs are available here, and how fast one thread is with each. */
final class CodecReport {

    private static final Duration MEASURED = Duration.ofMillis(100);
    private static final int BLOCKS = 4;
    private static final int PAGE = 8192;
    /** Bytes without a pattern in a page: it then compresses about as pages of a database do. */
    private static final int RANDOM_PART = 800;

    private CodecReport() {
    }

    static List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line("zstd", Zstd.level(Zstd.DEFAULT_LEVEL)));
        lines.add(line("gzip", Gzip.level(Gzip.DEFAULT_LEVEL)));
        AgeCipher.all().forEach(cipher -> lines.add(line(cipher)));
        return lines;
    }

    private static String line(AgeCipher cipher) {
        String name = "cipher " + cipher.name() + " of age: ";
        try {
            return cipher.available()
                    ? name + cipher.detail() + ", " + ByteSize.words(cipher.measure(MEASURED)) + "/s a thread"
                    : name + "not available: " + cipher.detail();
        } catch (IOException failure) {
            return name + cipher.detail() + ", but it fails: " + FailureWords.of(failure);
        }
    }

    private static String line(String name, Codec codec) {
        try {
            String how = name.equals("zstd") ? Zstd.implementation() : "JDK";
            return String.format(Locale.ROOT, "codec %s: %s, %s a thread at the default level", name, how,
                    speed(codec));
        } catch (IOException missing) {
            return String.format(Locale.ROOT, "codec %s: not available: %s", name, missing.getMessage());
        }
    }

    /** Encodes some blocks; the second half is measured. */
    private static String speed(Codec codec) throws IOException {
        try (Arena arena = Arena.ofConfined(); StreamEncoder encoder = codec.encoder();
                BlockEncoder blocks = encoder.blocks()) {
            int size = encoder.blockBytes();
            MemorySegment input = arena.allocate(size);
            SplittableRandom random = new SplittableRandom(1);
            for (int at = 0; at < size; at++) {
                if (at % PAGE < RANDOM_PART) {
                    input.set(ValueLayout.JAVA_BYTE, at, (byte) random.nextInt());
                }
            }
            MemorySegment output = arena.allocate(encoder.encodedBytes(size));
            long begin = 0;
            for (int block = 0; block < BLOCKS; block++) {
                if (block == BLOCKS / 2) {
                    begin = System.nanoTime();
                }
                blocks.begin(block, output);
                blocks.write(input);
                blocks.finish(block == BLOCKS - 1);
            }
            return ByteSize.rate((long) size * (BLOCKS - BLOCKS / 2), Duration.ofNanos(System.nanoTime() - begin));
        }
    }
}
