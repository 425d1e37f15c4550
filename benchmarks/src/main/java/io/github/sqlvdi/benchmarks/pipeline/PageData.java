package io.github.sqlvdi.benchmarks.pipeline;

import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.GeneratedDatabase;
import io.github.sqlvdi.mtf.PageSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/** Backup streams whose pages compress more or less; the bytes are always the same. */
enum PageData {
    /** Rows of a table with few values, in pages that are three quarters full, as most pages are: 8 to 16 : 1. */
    ROWS("rows", 256, 0.75),
    /** The same in full pages with long values of random bytes: about 2 : 1. */
    HALF("half random", 3_800, 1),
    /** Nothing can be compressed. */
    RANDOM("random", 8_096, 1);

    private static final int PAGE = 8192;
    private static final int HEADER = 96;
    private static final int ROW = 96;
    private static final int RUN = 64;
    private static final int PIECE = 1 << 20;

    private final String label;
    /** How many bytes of a page are random. */
    private final int random;
    /** How many rows a page has. */
    private final int rows;

    PageData(String label, int random, double fill) {
        this.label = label;
        this.random = random;
        this.rows = (int) (fill * (PAGE - HEADER) / ROW);
    }

    String label() {
        return label;
    }

    /** Writes a full backup of a database of that size. */
    void write(Path file, long bytes) throws IOException {
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                ReadableByteChannel stream = GeneratedDatabase.builder("Benchmark").pages(source())
                        .dataFile("data", "data.mdf", bytes).build().backup(BackupType.FULL).build().open(1)) {
            while (stream.read(piece.clear()) >= 0) {
                piece.flip();
                while (piece.hasRemaining()) {
                    channel.write(piece);
                }
            }
        }
    }

    private PageSource source() {
        return (page, offset, fileId, pageNumber, generation) -> {
            SplittableRandom numbers = new SplittableRandom(pageNumber);
            rows(page, offset, pageNumber, numbers);
            for (int written = 0; written < random; written += RUN) { // in runs at places of their own, as values are
                int count = Math.min(RUN, random - written);
                int at = random + RUN > PAGE - HEADER ? HEADER + written
                        : HEADER + numbers.nextInt(PAGE - HEADER - RUN);
                for (int index = 0; index < count; index++) {
                    page[offset + at + index] = (byte) numbers.nextInt();
                }
            }
        };
    }

    /** Rows with a key that counts, one of a few names, a date and flags. */
    private void rows(byte[] page, int offset, int pageNumber, SplittableRandom numbers) {
        ByteBuffer bytes = ByteBuffer.wrap(page, offset + HEADER, PAGE - HEADER);
        int key = pageNumber * (PAGE / ROW);
        for (int row = 0; row < rows; row++) {
            int name = numbers.nextInt(24);
            bytes.putInt(0x30005c).putInt(key++).putLong(0x0000_A1B2_0000_0000L + pageNumber);
            for (int letter = 0; letter < 20; letter++) {
                bytes.putChar((char) ('a' + (name * 7 + letter * (name % 5 + 1)) % 26));
            }
            bytes.putInt(numbers.nextInt(1000)).putInt(0).putLong(0).putLong(numbers.nextInt(16)).putLong(0x20)
                    .putLong(0);
        }
        while (bytes.hasRemaining()) {
            bytes.put((byte) 0);
        }
    }
}
