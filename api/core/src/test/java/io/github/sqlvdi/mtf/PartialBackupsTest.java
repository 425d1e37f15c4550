package io.github.sqlvdi.mtf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.internal.mtf.LittleEndian;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** File backups and partial backups hold the pages of their files only, and list all files of the database. */
class PartialBackupsTest {

    private static final List<String> ALL = List.of("Data", "More", "Old", "Older", "Log");

    private static StreamReport read(GeneratedBackup backup) {
        StreamReport report = Streams.read(Streams.bytes(backup.open(1)));
        assertTrue(report.isWhole(), report.verdict());
        assertEquals(List.of(), report.remarks());
        return report;
    }

    private static List<String> present(StreamReport report) {
        assertEquals(ALL, report.files().stream().map(BackupFile::logicalName).toList());
        return report.files().stream().filter(file -> file.get(FileColumns.IS_PRESENT).get())
                .map(BackupFile::logicalName).toList();
    }

    private static List<Integer> fileIds(byte[] stream, long pages) {
        TreeSet<Integer> ids = new TreeSet<>();
        int position = (int) Streams.dataPosition(stream);
        for (int page = 0; page < pages; page++) {
            ids.add(LittleEndian.u16(stream, position + page * GeneratedPage.SIZE + 0x24));
        }
        return new ArrayList<>(ids);
    }

    @Test
    void fileBackupHoldsThePagesOfItsFilesOnly() {
        GeneratedBackup backup = Streams.filegroups().build().backup(BackupType.FILE).files("Old", "Older").build();
        StreamReport report = read(backup);
        BackupHeader header = report.header().orElseThrow();
        assertEquals(BackupType.FILE, header.type().orElseThrow());
        assertEquals(4, header.get(HeaderColumns.BACKUP_TYPE).get());
        assertEquals(List.of("Old", "Older", "Log"), present(report));
        assertEquals(3 * 8, report.pageCount());
        assertEquals(List.of(3, 5), fileIds(Streams.bytes(backup.open(1)), report.pageCount()));
        assertEquals(List.of(new Filegroup(1, "PRIMARY"), new Filegroup(2, "archive")), report.filegroups());
        assertEquals(List.of("PRIMARY", "PRIMARY", "archive", "archive"), report.files().stream()
                .filter(file -> !file.isLog()).map(file -> file.get(FileColumns.FILE_GROUP_NAME).get()).toList());
        assertEquals(ColumnValue.ofNull(), report.files().getLast().get(FileColumns.FILE_GROUP_NAME));
    }

    @Test
    void partialBackupHoldsAllFilesOrTheChosenOnes() {
        GeneratedDatabase database = Streams.filegroups().build();
        StreamReport all = read(database.backup(BackupType.PARTIAL).build());
        assertEquals(7, all.header().orElseThrow().get(HeaderColumns.BACKUP_TYPE).get());
        assertEquals(ALL, present(all));
        StreamReport chosen = read(database.backup(BackupType.PARTIAL).files("Data", "More").copyOnly(true).build());
        assertEquals(List.of("Data", "More", "Log"), present(chosen));
        assertTrue(chosen.header().orElseThrow().get(HeaderColumns.IS_COPY_ONLY).get());
    }

    @Test
    void wholeBackupDoesNotSayWhichFilesItHas() {
        assertFalse(read(Streams.filegroups().build().backup(BackupType.FULL).build()).files().getFirst()
                .get(FileColumns.IS_PRESENT).isInStream());
    }

    @Test
    void stripesHoldEveryPageOfTheFilesOnce() {
        GeneratedDatabase database = GeneratedDatabase.builder("Striped").dataFile("a", "a.mdf", 40 * 65_536)
                .dataFile("b", "b.ndf", 70 * 65_536, "second").build();
        GeneratedBackup backup = database.backup(BackupType.FILE).files("b").families(3).checksums(true).build();
        long pages = 0;
        for (int family = 1; family <= 3; family++) {
            byte[] stripe = Streams.bytes(backup.open(family));
            StreamReport report = Streams.read(stripe);
            assertTrue(report.isWhole(), report.verdict());
            assertEquals(List.of(3), fileIds(stripe, report.pageCount()));
            pages += report.pageCount();
        }
        assertEquals(70 * 8, pages);
    }

    @Test
    void baseAndLogChainStayAsTheyAre() {
        GeneratedDatabase database = Streams.filegroups().build();
        database.backup(BackupType.FILE).files("Old").build();
        database.backup(BackupType.PARTIAL).build();
        assertThrows(IllegalStateException.class, () -> database.backup(BackupType.LOG));
        assertThrows(IllegalStateException.class, () -> database.backup(BackupType.DIFFERENTIAL));
        assertThrows(IllegalStateException.class, () -> database.backup(BackupType.FILE_DIFFERENTIAL));
        GeneratedBackup full = database.backup(BackupType.FULL).build();
        database.modify(3, 15, 1);
        database.modify(1, 31, 1);
        GeneratedBackup file = database.backup(BackupType.FILE).files("Old", "Data").build();
        GeneratedBackup differential = database.backup(BackupType.FILE_DIFFERENTIAL).files("Data").build();
        BackupHeader header = read(differential).header().orElseThrow();
        assertEquals(6, header.get(HeaderColumns.BACKUP_TYPE).get());
        assertEquals(full.backupSetGuid(), header.get(HeaderColumns.DIFFERENTIAL_BASE_GUID).get());
        assertEquals(3 * 8, differential.pageCount(), "the changed extent, and the two that every backup holds");
        assertEquals(List.of("Data", "Log"), present(read(differential)));
        BackupHeader log = read(database.backup(BackupType.LOG).build()).header().orElseThrow();
        assertEquals(full.firstLsn(), log.firstLsn());
        assertTrue(log.lastLsn().compareTo(file.lastLsn()) >= 0);
    }

    @Test
    void choiceOfFilesThatSqlServerRefusesIsRefused() {
        GeneratedDatabase database = Streams.filegroups().build();
        GeneratedDatabase simple = Streams.filegroups().recoveryModel(RecoveryModel.SIMPLE).build();
        read(simple.backup(BackupType.FILE).files("Old").build());
        for (Executable action : List.<Executable>of(() -> database.backup(BackupType.FILE).build(),
                () -> database.backup(BackupType.FULL).files("Old"),
                () -> simple.backup(BackupType.FILE).files("Old", "More").build())) {
            String message = assertThrows(IllegalStateException.class, action).getMessage();
            assertTrue(message.contains("files") || message.startsWith("3004: "), message);
        }
    }
}
