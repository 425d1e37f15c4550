package io.github.sqlvdi.mtf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A reader allocates at most 4 MiB for a stream of any length, garbage counted, and beyond that only what its file list
 * needs.
 */
class ReaderMemoryTest {

    private static final long MOST_BYTES = 4L << 20;
    private static final int EXTENT = 65_536;
    /** A record of a file has 1 to 1.3 KB, a row of columns about as much. */
    private static final long MOST_BYTES_A_FILE = 8L << 10;

    private static long allocatedFor(BackupStreamReader reader, GeneratedBackup backup) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ByteBuffer portion = ByteBuffer.allocateDirect(1 << 20);
        long allocated = 0;
        try (ReadableByteChannel stream = backup.open(1)) {
            while (stream.read(portion.clear()) >= 0) {
                portion.flip();
                long before = threads.getCurrentThreadAllocatedBytes();
                reader.feed(portion);
                allocated += threads.getCurrentThreadAllocatedBytes() - before;
            }
        }
        assertTrue(reader.finish().isWhole(), reader.report().verdict());
        return allocated;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lengthOfTheStreamNeedsNoMemory(boolean checksums) throws IOException {
        GeneratedDatabase database = GeneratedDatabase.builder("Long").dataFile("Long", "l.mdf", 1_000L * EXTENT)
                .build();
        database.log(20_000_000);
        long allocated = allocatedFor(BackupStreamReader.builder().checksums(checksums).build(),
                database.backup(BackupType.FULL).checksums(true).build());
        assertTrue(allocated < MOST_BYTES, () -> "the reader allocated " + allocated + " bytes");
    }

    @Test
    void filesNeedTheirRowsOnly() throws IOException {
        int files = 400;
        GeneratedDatabase.Builder database = GeneratedDatabase.builder("Wide");
        for (int file = 0; file < files; file++) {
            database.dataFile("File" + file, "/data/file" + file + ".ndf", EXTENT);
        }
        BackupStreamReader reader = BackupStreamReader.create();
        long allocated = allocatedFor(reader, database.build().backup(BackupType.FULL).build());
        assertEquals(files + 1, reader.report().files().size());
        // Twice: the configuration stands before and behind the data.
        assertTrue(allocated < MOST_BYTES + 2 * files * MOST_BYTES_A_FILE,
                () -> "the reader allocated " + allocated + " bytes");
    }
}
