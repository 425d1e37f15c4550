package io.github.sqlvdi.emulator.sqlserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.GeneratedBackup;
import io.github.sqlvdi.mtf.GeneratedDatabase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases whose backups are recorded streams: what the client gets is what was recorded. */
class RecordedBackupsTest {

    private static final Path REAL = Path.of(System.getProperty("sqlvdi.backups", "../../../shared/backups"));

    @TempDir
    private Path folder;

    static Path write(GeneratedBackup backup, Path file) throws IOException {
        try (ReadableByteChannel stream = backup.open(1);
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer portion = ByteBuffer.allocate(1 << 16);
            while (stream.read(portion.clear()) >= 0) {
                portion.flip();
                while (portion.hasRemaining()) {
                    channel.write(portion);
                }
            }
        }
        return file;
    }

    static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError("Every JDK has SHA-256", missing);
        }
    }

    @Test
    void recordedChainIsWrittenInItsOrderAndRestored() throws IOException {
        GeneratedDatabase source = GeneratedDatabase.builder("rec").dataFile("rec", "rec.mdf", 8 << 20)
                .logFile("rec_log", "rec.ldf", 8 << 20).build();
        Path full = write(source.backup(BackupType.FULL).build(), folder.resolve("full"));
        source.modify(1, 0, 64);
        Path log = write(source.backup(BackupType.LOG).build(), folder.resolve("log1"));
        source.modify(1, 0, 64);
        Path log2 = write(source.backup(BackupType.LOG).build(), folder.resolve("log2"));
        try (EmulatedSqlServer server =
                EmulatedSqlServer.builder().recordedBackup("rec", full).recordedBackup("rec", log)
                        .recordedBackup("rec", log2).start()) {
            requireSame(server, "BACKUP DATABASE rec TO @", full);
            requireSame(server, "BACKUP LOG rec TO @", log);
            requireSame(server, "BACKUP LOG rec TO @", log2);
            run(server, "RESTORE DATABASE copy FROM @ WITH NORECOVERY, MOVE 'rec' TO 'a', MOVE 'rec_log' TO 'b'", full);
            run(server, "RESTORE LOG copy FROM @ WITH NORECOVERY", log);
            run(server, "RESTORE LOG copy FROM @", log2);
            assertEquals(List.of(BackupType.FULL, BackupType.LOG, BackupType.LOG),
                    server.restored("copy").stream().map(RestoredBackup::type).toList());
        }
    }

    @Test
    void realBackupComesThroughByteForByte() throws IOException {
        Path real = REAL.resolve("full-2008r2.bak");
        assumeTrue(Files.exists(real), () -> "skipped: there is no real backup " + real.toAbsolutePath().normalize()
                + "; name its folder with -Dsqlvdi.backups=");
        try (EmulatedSqlServer server = EmulatedSqlServer.builder().recordedBackup("real", real).start()) {
            requireSame(server, "BACKUP DATABASE real TO @", real);
            run(server, "RESTORE VERIFYONLY FROM @", real);
            run(server, "RESTORE DATABASE real FROM @ WITH REPLACE", real);
            assertEquals(Files.size(real), server.restored("real").getFirst().length());
        }
    }

    @Test
    void realChainIsRestoredInItsOrderOnly() throws IOException {
        Path chain = REAL.resolve("chain-2008r2");
        assumeTrue(Files.isDirectory(chain),
                () -> "skipped: there is no real chain " + chain.toAbsolutePath().normalize()
                        + "; name its parent with -Dsqlvdi.backups=");
        try (EmulatedSqlServer server = EmulatedSqlServer.builder().start()) {
            run(server, "RESTORE DATABASE copy FROM @ WITH NORECOVERY", chain.resolve("1-full.bak"));
            assertEquals(List.of(4305, 3013), JdbcStatement.run(server.jdbcUrl(),
                    "RESTORE LOG copy FROM @ WITH NORECOVERY", null, chain.resolve("7-log.trn")).errors());
            run(server, "RESTORE LOG copy FROM @ WITH NORECOVERY", chain.resolve("2-log.trn"));
            run(server, "RESTORE DATABASE copy FROM @ WITH NORECOVERY", chain.resolve("5-diff.bak"));
            run(server, "RESTORE LOG copy FROM @ WITH NORECOVERY", chain.resolve("6-log.trn"));
            run(server, "RESTORE LOG copy FROM @ WITH RECOVERY", chain.resolve("7-log.trn"));
            assertEquals("ONLINE", server.state("copy").orElseThrow());
        }
    }

    @Test
    void fileThatIsNoBackupIsRefused() throws IOException {
        Path garbage = Files.write(folder.resolve("garbage"), new byte[100_000]);
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
                () -> EmulatedSqlServer.builder().recordedBackup("x", garbage).start());
        assertTrue(refused.getMessage().contains("garbage"), refused.getMessage());
    }

    private void requireSame(EmulatedSqlServer server, String text, Path expected) throws IOException {
        Path got = folder.resolve("got-" + expected.getFileName());
        run(server, text, got);
        assertEquals(-1, Files.mismatch(expected, got));
    }

    private static void run(EmulatedSqlServer server, String text, Path file) {
        assertEquals(List.of(), JdbcStatement.run(server.jdbcUrl(), text, null, file).errors(), text);
    }
}
