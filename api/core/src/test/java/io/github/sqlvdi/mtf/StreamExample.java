package io.github.sqlvdi.mtf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Locale;

/** The examples in the documentation of the package; {@link StreamExampleTest} runs them. */
final class StreamExample {

    private StreamExample() {
    }

    static String inspect(Path file) throws IOException {
        // @start region="read"
        BackupStreamReader reader = BackupStreamReader.create();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(buffer) >= 0) {
                reader.feed(buffer.flip()); // the reader leaves position and limit as they are
                buffer.clear();
            }
        }
        StreamReport report = reader.finish();
        String backup = report.header()
                .map(header -> String.format(Locale.ROOT, "%s backup of %s up to LSN %s", header.type().orElseThrow(),
                        header.databaseName(), header.lastLsn()))
                .orElse("no header");
        // @end
        return backup + ": " + report.verdict();
    }

    static ReadableByteChannel generate() {
        // @start region="generate"
        GeneratedDatabase database = GeneratedDatabase.builder("Sales")
                .dataFile("Sales", "C:\\Data\\Sales.mdf", 64 << 20).build();
        GeneratedBackup full = database.backup(BackupType.FULL).families(2).checksums(true).build();
        database.modify(1, 800, 16); // pages that the next differential backup holds
        GeneratedBackup log = database.backup(BackupType.LOG).build();
        ReadableByteChannel stripe = full.open(2);
        // @end
        if (!log.firstLsn().equals(full.firstLsn())) {
            throw new AssertionError("the log of " + log.firstLsn());
        }
        return stripe;
    }
}
