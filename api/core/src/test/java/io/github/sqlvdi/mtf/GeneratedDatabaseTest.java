package io.github.sqlvdi.mtf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.internal.mtf.LittleEndian;
import io.github.sqlvdi.internal.mtf.PageChecksum;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups of a generated database form a chain, hold its pages, and pass every rule of the reader. */
class GeneratedDatabaseTest {

    private static final LocalDateTime AT = LocalDateTime.of(2026, 3, 1, 12, 0);

    private static BackupHeader header(GeneratedBackup backup) {
        StreamReport report = Streams.read(Streams.bytes(backup.open(1)));
        assertTrue(report.isWhole(), report.verdict());
        assertEquals(List.of(), report.remarks());
        return report.header().orElseThrow();
    }

    @Test
    void backupsFormAChain() {
        GeneratedDatabase database = Streams.database().build();
        BackupHeader full = header(database.backup(BackupType.FULL).build());
        assertEquals(Lsn.ZERO, full.databaseBackupLsn());
        assertEquals(full.firstLsn(), full.checkpointLsn());
        database.log(10_000);
        BackupHeader log1 = header(database.backup(BackupType.LOG).build());
        assertEquals(full.firstLsn(), log1.firstLsn(), "the first log begins where the full backup does");
        database.modify(1, 0, 9);
        BackupHeader differential = header(database.backup(BackupType.DIFFERENTIAL).build());
        assertEquals(full.checkpointLsn(), differential.databaseBackupLsn());
        assertEquals(ColumnValue.of(full.backupSetGuid()), differential.get(HeaderColumns.DIFFERENTIAL_BASE_GUID));
        assertEquals(differential.firstLsn(), differential.checkpointLsn());
        BackupHeader log2 = header(database.backup(BackupType.LOG).build());
        assertEquals(log1.lastLsn(), log2.firstLsn());
        assertEquals(full.checkpointLsn(), log2.databaseBackupLsn());
        BackupHeader copy = header(database.backup(BackupType.FULL).copyOnly(true).build());
        assertEquals(ColumnValue.of(true), copy.get(HeaderColumns.IS_COPY_ONLY));
        BackupHeader log3 = header(database.backup(BackupType.LOG).build());
        assertEquals(full.checkpointLsn(), log3.databaseBackupLsn(), "a copy-only backup is no base");
        BackupHeader next = header(database.backup(BackupType.FULL).build());
        BackupHeader log4 = header(database.backup(BackupType.LOG).build());
        assertEquals(log3.lastLsn(), log4.firstLsn(), "a full backup does not cut the log");
        assertEquals(next.checkpointLsn(), log4.databaseBackupLsn());
        assertTrue(log4.lastLsn().compareTo(log1.lastLsn()) > 0);
    }

    @Test
    void stateGoesOnInAnotherDatabase() {
        GeneratedDatabase database = Streams.database().build();
        assertEquals(database.familyGuid(), Streams.database().state(database.state()).build().familyGuid());
        BackupHeader full = header(database.backup(BackupType.FULL).build());
        database.modify(1, 8, 9);
        database.modify(1, 8, 1);
        BackupHeader log1 = header(database.backup(BackupType.LOG).build());
        String state = database.state();
        assertEquals(1, state.lines().count(), state);
        GeneratedDatabase other = Streams.database().state(state).build();
        GeneratedDatabase same = Streams.database().state(state).build();
        byte[] expected =
                Streams.bytes(same.backup(BackupType.DIFFERENTIAL).time(AT, AT, ZoneOffset.UTC).build().open(1));
        byte[] got = Streams.bytes(other.backup(BackupType.DIFFERENTIAL).time(AT, AT, ZoneOffset.UTC).build().open(1));
        assertArrayEquals(expected, got);
        GeneratedBackup differential = database.backup(BackupType.DIFFERENTIAL).time(AT, AT, ZoneOffset.UTC).build();
        BackupHeader header = header(differential);
        BackupHeader again = Streams.read(got).header().orElseThrow();
        assertEquals(header.firstLsn(), again.firstLsn());
        assertEquals(full.checkpointLsn(), again.databaseBackupLsn());
        assertEquals(full.get(HeaderColumns.FAMILY_GUID), again.get(HeaderColumns.FAMILY_GUID));
        assertEquals(differential.length(1), got.length, "the same extents have changed");
        assertEquals(log1.lastLsn(), header(other.backup(BackupType.LOG).build()).firstLsn());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "2 0 0 0 0 00000000-0000-0000-0000-000000000000 - 0 - -",
        "1 x 0 0 0 00000000-0000-0000-0000-000000000000 - 0 - -", "1 0 0 0 0 no - 0 - -",
        "1 0 0 0 0 00000000-0000-0000-0000-000000000000 - 0 1:x -",
        "1 0 0 0 0 00000000-0000-0000-0000-000000000000 - 0 - 1:xyz"})
    void textThatIsNoStateIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Streams.database().state(text));
    }

    @Test
    void logCrossesVirtualLogFiles() {
        GeneratedDatabase database = Streams.database().build();
        database.backup(BackupType.FULL).build();
        Lsn end = null;
        for (int backup = 0; backup < 20; backup++) {
            database.log(1 + 70_000L * backup);
            BackupHeader log = header(database.backup(BackupType.LOG).build());
            if (end != null) {
                assertEquals(end, log.firstLsn());
            }
            end = log.lastLsn();
        }
        assertTrue(end.sequence() > 40, "the log went through many virtual log files");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 64})
    void stripesHoldEveryPageOnce(int families) {
        GeneratedDatabase database = GeneratedDatabase.builder("Pages").dataFile("a", "a.mdf", 40 * 65_536)
                .dataFile("b", "b.ndf", 7 * 65_536).build();
        GeneratedBackup backup = database.backup(BackupType.FULL).families(families).checksums(true).build();
        Map<Long, byte[]> pages = new TreeMap<>();
        for (int family = 1; family <= families; family++) {
            byte[] stripe = Streams.bytes(backup.open(family));
            assertEquals(backup.length(family), stripe.length);
            StreamReport report = Streams.read(stripe);
            assertTrue(report.isWhole(), report.verdict());
            assertEquals(ColumnValue.of(backup.size()), report.header().orElseThrow().get(HeaderColumns.BACKUP_SIZE));
            int position = (int) Streams.dataPosition(stripe);
            for (int page = 0; page < report.pageCount(); page++) {
                int at = position + page * GeneratedPage.SIZE;
                assertEquals(PageChecksum.of(stripe, at), LittleEndian.i32(stripe, at + PageChecksum.OFFSET));
                long id = (long) LittleEndian.u16(stripe, at + 0x24) << 32 | LittleEndian.u32(stripe, at + 0x20);
                assertFalse(pages.containsKey(id), () -> "page " + id + " twice");
                pages.put(id, Arrays.copyOfRange(stripe, at, at + GeneratedPage.SIZE));
            }
        }
        assertEquals(47 * 8, pages.size());
        byte[] boot = pages.get(1L << 32 | 9);
        assertEquals(ServerVersion.SQL_SERVER_2017.databaseVersion(), LittleEndian.u16(boot, 0x64));
        assertEquals("Pages", new String(boot, 0x94, 256, StandardCharsets.UTF_16LE).stripTrailing());
    }

    @Test
    void differentialHoldsChangedExtentsWithTheirNewContent() {
        GeneratedDatabase database = Streams.database().build();
        byte[] full = Streams.bytes(database.backup(BackupType.FULL).build().open(1));
        database.modify(3, 17, 1);
        GeneratedBackup backup = database.backup(BackupType.DIFFERENTIAL).build();
        byte[] differential = Streams.bytes(backup.open(1));
        assertEquals(5 * 8, backup.pageCount(), "the extent, and two of each file that every backup holds");
        int old = (int) Streams.dataPosition(full) + (4 * 8 + 17) * GeneratedPage.SIZE;
        int changed = (int) Streams.dataPosition(differential) + (4 * 8 + 1) * GeneratedPage.SIZE;
        assertEquals(17, LittleEndian.u32(differential, changed + 0x20));
        assertEquals(3, LittleEndian.u16(differential, changed + 0x24));
        assertTrue(Arrays.mismatch(full, old, old + 8192, differential, changed, changed + 8192) >= 0);
    }

    @Test
    void sameSeedGivesTheSameBytes() {
        byte[][] streams = new byte[2][];
        for (int time = 0; time < 2; time++) {
            streams[time] = Streams.bytes(Streams.database().seed(7).build().backup(BackupType.FULL)
                    .time(Streams.START, Streams.FINISH, Streams.ZONE).build().open(1));
        }
        assertArrayEquals(streams[0], streams[1]);
    }

    @Test
    void hugeStreamIsMadeInLittleMemory() throws Exception {
        GeneratedBackup backup = GeneratedDatabase.builder("Huge").dataFile("h", "h.mdf", 15L << 40).build()
                .backup(BackupType.FULL).families(2).build();
        assertTrue(backup.length(1) > 7L << 40, "terabytes");
        try (ReadableByteChannel stream = backup.open(2)) {
            ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
            BackupStreamReader reader = BackupStreamReader.create();
            for (int megabyte = 0; megabyte < 8; megabyte++) {
                while (buffer.hasRemaining()) {
                    assertTrue(stream.read(buffer) > 0);
                }
                reader.feed(buffer.flip());
                buffer.clear();
            }
            assertEquals(Wholeness.FLOWING, reader.report().wholeness(), reader.report().verdict());
        }
    }

    @Test
    void statementThatSqlServerRefusesIsRefusedWithItsNumber() {
        GeneratedDatabase database = Streams.database().build();
        assertMessage("3035: ", () -> database.backup(BackupType.DIFFERENTIAL));
        assertMessage("4214: ", () -> database.backup(BackupType.LOG));
        GeneratedDatabase simple = Streams.database().recoveryModel(RecoveryModel.SIMPLE).build();
        simple.backup(BackupType.FULL).build();
        assertMessage("4208: ", () -> simple.backup(BackupType.LOG));
        assertEquals(RecoveryModel.SIMPLE, header(simple.backup(BackupType.DIFFERENTIAL).build()).recoveryModel()
                .orElseThrow());
        assertMessage("a LOG backup is made copy-only", () -> {
            database.backup(BackupType.FULL).build();
            database.backup(BackupType.LOG).copyOnly(true);
        });
    }

    private static void assertMessage(String beginning, Executable action) {
        IllegalStateException refusal = assertThrows(IllegalStateException.class, action);
        assertTrue(refusal.getMessage().startsWith(beginning), refusal.getMessage());
    }

    @Test
    void argumentOutOfRangeIsNamed() {
        GeneratedDatabase database = Streams.database().build();
        for (Executable action : List.<Executable>of(
                () -> GeneratedDatabase.builder(""), () -> GeneratedDatabase.builder("x".repeat(129)),
                () -> database.modify(2, 0, 1), () -> database.modify(1, 31, 2), () -> database.modify(1, -1, 1),
                () -> database.modify(1, 0, 0), () -> database.log(0),
                () -> database.backup(BackupType.PARTIAL_DIFFERENTIAL),
                () -> database.backup(BackupType.FILE).files("Log"),
                () -> database.backup(BackupType.FILE).files(),
                () -> GeneratedDatabase.builder("x").dataFile("a", "b", 65_536, "archive"),
                () -> database.backup(BackupType.FULL).families(65),
                () -> database.backup(BackupType.FULL).sectorSize(2048),
                () -> database.backup(BackupType.FULL).time(Streams.FINISH, Streams.START, Streams.ZONE),
                () -> GeneratedDatabase.builder("x").dataFile("a", "b", 65_537).build(),
                () -> new ServerVersion(10, 50, 1600, 661, 100))) {
            String message = assertThrows(IllegalArgumentException.class, action).getMessage();
            assertTrue(message.length() > 20, message);
        }
    }

    @Test
    void closedStreamAndStripeThatDoesNotExistAreRefused() throws Exception {
        GeneratedBackup backup = Streams.database().build().backup(BackupType.FULL).build();
        ReadableByteChannel stream = backup.open(1);
        stream.close();
        assertThrows(ClosedChannelException.class, () -> stream.read(ByteBuffer.allocate(1)));
        assertThrows(IndexOutOfBoundsException.class, () -> backup.open(2));
        assertThrows(IndexOutOfBoundsException.class, () -> backup.length(0));
    }
}
