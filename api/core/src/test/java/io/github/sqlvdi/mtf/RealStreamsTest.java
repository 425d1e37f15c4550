package io.github.sqlvdi.mtf;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Real backups are read as RESTORE HEADERONLY, FILELISTONLY and LABELONLY print them, and found whole. */
class RealStreamsTest {

    private static final List<String> ALL = RealBackups.ALL;

    @BeforeEach
    void findBackups() {
        RealBackups.assumePresent();
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void everyRealBackupIsWholeWithoutRemark(String name) {
        byte[] stream = RealBackups.read(name);
        StreamReport report = Streams.read(stream);
        assertEquals(Wholeness.WHOLE, report.wholeness(), report.verdict());
        assertEquals(List.of(), report.remarks());
        assertEquals(stream.length, report.length());
        assertEquals(report.header().orElseThrow().hasBackupChecksums(), report.checksums().areProven());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "NULL", value = {
        "full-2008r2.bak | singlerestore | FULL | singlerestore-Full Database Backup | SQL2008 | 10.50.1600 | 661 | 100 | FULL",
        "striped-2008r2.0.bak | RestoreTimeStripe | FULL | NULL | CGE100LAP-42\\SQL2008R2SP2 | 10.50.4042 | 661 | 100 | FULL",
        "striped-2008r2.1.bak | RestoreTimeStripe | FULL | NULL | CGE100LAP-42\\SQL2008R2SP2 | 10.50.4042 | 661 | 100 | FULL",
        "diff.bak | doublediff | DIFFERENTIAL | NULL | WIN-JNMR8KM0U3B\\SQL2008R2SP2 | 10.50.1600 | 661 | 100 | FULL",
        "log.trn | RestoreTimeClean | LOG | NULL | SQL2008 | 10.50.1600 | 661 | 100 | FULL",
        "full-compressed.bak | TutorialDB | FULL | TutorialDB-Full Database Backup | NELLIELAPTOP | 13.0.1708 | 852 | 130 | FULL",
        "full-2014.bak.gz | HTMLCodeReader | FULL | HTMLCodeReader-Полная База данных Резервное копирование | DESKTOP-3DJ3D72 | 12.0.2000 | 782 | 120 | SIMPLE",
        "full-2017-linux.bak.gz | ProductCatalog | FULL | ProductCatalog | c55e62848b69 | 14.0.3026 | 869 | 140 | FULL",
        "log-2016.trn | RestoreTimeClean | LOG | NULL | WIN-JNMR8KM0U3B\\SQL2016 | 13.0.5081 | 852 | 100 | FULL",
        "log-checksum-2008r2.trn | ft1 | LOG | NULL | SQL2008 | 10.50.1600 | 661 | 100 | FULL"})
    void headerSaysWhatTheBackupIs(String file, String database, BackupType type, String name, String server,
            String version, int databaseVersion, int compatibility, RecoveryModel model) {
        StreamReport report = Streams.read(RealBackups.read(file));
        BackupHeader header = report.header().orElseThrow();
        assertAll(() -> assertEquals(database, header.databaseName()),
                () -> assertEquals(Optional.of(type), header.type()),
                () -> assertEquals(ColumnValue.of(type.number()), header.get(HeaderColumns.BACKUP_TYPE)),
                () -> assertEquals(ColumnValue.ofNullable(name), header.get(HeaderColumns.BACKUP_NAME)),
                () -> assertEquals(server, header.serverName()),
                () -> assertEquals(ColumnValue.of(server.split("\\\\")[0].toUpperCase(Locale.ROOT)),
                        ColumnValue.of(header.get(HeaderColumns.MACHINE_NAME).get().toUpperCase(Locale.ROOT))),
                () -> assertEquals(version, header.softwareVersion()),
                () -> assertEquals(ColumnValue.of(databaseVersion), header.get(HeaderColumns.DATABASE_VERSION)),
                () -> assertEquals(ColumnValue.of(compatibility), header.get(HeaderColumns.COMPATIBILITY_LEVEL)),
                () -> assertEquals(ColumnValue.of(model.columnText()), header.get(HeaderColumns.RECOVERY_MODEL)),
                () -> assertEquals(ColumnValue.of(4608), header.get(HeaderColumns.SOFTWARE_VENDOR_ID)),
                () -> assertEquals(ColumnValue.of(1), header.get(HeaderColumns.POSITION)),
                () -> assertTrue(header.isFinal()));
    }

    @ParameterizedTest
    @CsvSource({
        "full-2008r2.bak, 25000000005700064, 25000000008300001, 25000000005700064, 0, 2017-05-18T13:51:14, e74e4686-9a28-4021-b630-0be330d820b3, 1455104, 1455104",
        "striped-2008r2.0.bak, 20000000007400170, 20000000014400001, 20000000007400170, 0, 2017-12-15T12:46:53, 54a4e82d-bd4b-4887-885b-3ae8459d489d, 1661952, 1661952",
        "striped-2008r2.1.bak, 20000000007400170, 20000000014400001, 20000000007400170, 0, 2017-12-15T12:46:53, 54a4e82d-bd4b-4887-885b-3ae8459d489d, 1661952, 1661952",
        "diff.bak, 24000000011700034, 24000000013200001, 24000000011700034, 24000000006800099, 2018-12-21T11:26:31, 46b619d2-0f7d-4b9d-bbf8-acd5affc4767, 470016, 470016",
        "log.trn, 25000000006200170, 25000000015300001, 25000000006200170, 25000000006200170, 2017-06-01T13:04:13, 496e91ec-9bf6-487f-b06c-ed317c0d577a, 74752, 74752",
        "full-compressed.bak, 34000000054200037, 34000000055900001, 34000000054200037, 34000000043900205, 2016-11-09T15:27:49, 41a43d77-6a7a-4403-983f-5ab7e68a087b, 2897920, 429328",
        "full-2014.bak.gz, 37000000021600202, 37000000032000001, 37000000021600202, 0, 2021-10-10T03:07:15, df3be9ec-338a-4324-8e26-98d2d55c3329, 2701312, 2701312",
        "full-2017-linux.bak.gz, 36000000149600263, 36000000162400001, 36000000149600263, 0, 2018-07-11T06:07:31, 221aefa9-138e-400a-9f74-6462f818b6b7, 3231744, 3231744",
        "log-checksum-2008r2.trn, 25000000005900074, 25000000015600001, 25000000015400001, 25000000011600037, 2017-05-18T04:18:31, 01a2f590-ebc2-416a-a2ac-52cb9d33f8a6, 76800, 76800",
        "log-2016.trn, 39000000047400001, 39000000054100001, 39000000048800071, 39000000048800071, 2019-05-02T21:05:55, eff03344-1bc7-43a9-aa21-7ba2cf1460a5, 92160, 92160",
        "chain-2008r2/1-full.bak, 25000000006200170, 25000000013200001, 25000000006200170, 0, 2017-06-01T12:59:12, 5af3e50d-a4e0-4e9b-8aef-fe52898c6359, 1453056, 1453056",
        "chain-2008r2/2-log.trn, 25000000006200170, 25000000015300001, 25000000006200170, 25000000006200170, 2017-06-01T13:04:13, 496e91ec-9bf6-487f-b06c-ed317c0d577a, 74752, 74752",
        "chain-2008r2/3-log.trn, 25000000015300001, 25000000016300001, 25000000006200170, 25000000006200170, 2017-06-01T13:09:13, 435e136e-5998-4d89-a2c7-c64592a15037, 74752, 74752",
        "chain-2008r2/4-log.trn, 25000000016300001, 25000000017300001, 25000000006200170, 25000000006200170, 2017-06-01T13:14:13, 8c599478-8495-4bc1-b227-de3859a823b3, 74752, 74752",
        "chain-2008r2/5-diff.bak, 25000000017300038, 25000000019000001, 25000000017300038, 25000000006200170, 2017-06-01T13:14:13, 0c0ad1c0-e5d9-4a8a-83ee-845baec10d94, 535552, 535552",
        "chain-2008r2/6-log.trn, 25000000017300001, 25000000020000001, 25000000017300038, 25000000006200170, 2017-06-01T13:19:13, bbd5e6c9-4fa5-4b5f-b5dd-de5035d5866f, 74752, 74752",
        "chain-2008r2/7-log.trn, 25000000020000001, 25000000021000001, 25000000017300038, 25000000006200170, 2017-06-01T13:24:13, bf5910a3-d6d9-4f08-a2b3-74e5bc5060e0, 74752, 74752"})
    void headerSaysWhereInTheLogAndWhen(String file, String first, String last, String checkpoint, String base,
            LocalDateTime start, UUID set, long size, long compressedSize) {
        BackupHeader header = Streams.read(RealBackups.read(file)).header().orElseThrow();
        assertAll(() -> assertEquals(Lsn.parse(first), header.firstLsn()),
                () -> assertEquals(Lsn.parse(last), header.lastLsn()),
                () -> assertEquals(Lsn.parse(checkpoint), header.checkpointLsn()),
                () -> assertEquals(Lsn.parse(base), header.databaseBackupLsn()),
                () -> assertEquals(Optional.of(start), header.start()),
                () -> assertEquals(Optional.of(start), header.finish(), "all within one second"),
                () -> assertEquals(set, header.backupSetGuid()),
                () -> assertEquals(ColumnValue.of(size), header.get(HeaderColumns.BACKUP_SIZE)),
                () -> assertEquals(ColumnValue.of(compressedSize), header.get(HeaderColumns.COMPRESSED_BACKUP_SIZE)),
                () -> assertEquals(ColumnValue.of(size != compressedSize), header.get(HeaderColumns.COMPRESSED)));
    }

    @ParameterizedTest
    @CsvSource({
        "full-2008r2.bak, singlerestore, singlerestore_log, 3145728, 1048576, 168",
        "striped-2008r2.0.bak, restoretimestripe, restoretimestripe_log, 2359296, 589824, 184",
        "diff.bak, doublediff, doublediff_log, 2359296, 589824, 48",
        "log.trn, RestoreTimeClean, RestoreTimeClean_log, 2359296, 589824, 0",
        "full-compressed.bak, TutorialDB, TutorialDB_log, 8388608, 8388608, 344",
        "full-2014.bak.gz, HTMLCodeReader, HTMLCodeReader_log, 4390912, 1097728, 320",
        "full-2017-linux.bak.gz, ProductCatalog, ProductCatalog_log, 8388608, 8388608, 384"})
    void fileListHasTheDataFileAndTheLogFile(String file, String data, String log, long dataSize, long logSize,
            long pages) {
        StreamReport report = Streams.read(RealBackups.read(file));
        BackupHeader header = report.header().orElseThrow();
        assertEquals(List.of(data, log), report.files().stream().map(BackupFile::logicalName).toList());
        assertEquals(List.of(dataSize, logSize), report.files().stream().map(BackupFile::size).toList());
        assertEquals(List.of("D", "L"), report.files().stream().map(it -> it.get(FileColumns.TYPE).get()).toList());
        assertEquals(List.of(1L, 2L), report.files().stream().map(BackupFile::fileId).toList());
        assertEquals(pages, report.files().getFirst().pagesInBackup());
        assertEquals(ColumnValue.of(pages * 8192), report.files().getFirst().get(FileColumns.BACKUP_SIZE_IN_BYTES));
        assertEquals(ColumnValue.of("PRIMARY"), report.files().getFirst().get(FileColumns.FILE_GROUP_NAME));
        assertEquals(List.of(new Filegroup(1, "PRIMARY")), report.filegroups());
        assertEquals(1, header.dataFileCount());
        assertEquals(1, header.logFileCount());
        assertEquals(header.type().orElseThrow().isDifferential(),
                report.files().getFirst().get(FileColumns.DIFFERENTIAL_BASE_GUID).isPresent());
    }

    @ParameterizedTest
    @CsvSource({"full-2008r2.bak, 512, 1, 1, false, +02:00", "striped-2008r2.0.bak, 512, 2, 1, false, -08:00",
        "striped-2008r2.1.bak, 512, 2, 2, false, -08:00", "full-compressed.bak, 512, 1, 1, true, -08:00",
        "full-2017-linux.bak.gz, 4096, 1, 1, false, Z", "log-checksum-2008r2.trn, 512, 1, 1, false, +02:00",
        "log-2016.trn, 512, 1, 1, false, +01:00"})
    void labelSaysWhichStripe(String file, int sector, int families, int family, boolean compressed, String zone) {
        StreamReport report = Streams.read(RealBackups.read(file));
        MediaLabel label = report.label().orElseThrow();
        assertEquals(sector, label.sectorSize());
        assertEquals(1024, label.logicalBlockSize());
        assertEquals(families, label.familyCount().orElseThrow());
        assertEquals(family, label.familySequenceNumber().orElseThrow());
        assertEquals(1, label.mediaSequenceNumber());
        assertEquals(ColumnValue.of(compressed), label.get(LabelColumns.IS_COMPRESSED));
        assertEquals(compressed ? Optional.of("MS_XPRESS") : Optional.empty(), report.compressionAlgorithm());
        assertEquals(ColumnValue.of("Microsoft SQL Server"), label.get(LabelColumns.SOFTWARE_NAME));
        assertEquals(report.header().orElseThrow().start().orElseThrow(), label.get(LabelColumns.MEDIA_DATE).get());
        if (!zone.equals("-08:00")) {
            assertEquals(Optional.of(ZoneOffset.of(zone)), report.header().orElseThrow().utcOffset());
        }
    }

    @Test
    void stripesMakeOneSetInAnyOrder() {
        StreamReport one = Streams.read(RealBackups.read("striped-2008r2.0.bak"));
        StreamReport two = Streams.read(RealBackups.read("striped-2008r2.1.bak"));
        assertTrue(MediaSet.of(List.of(one, two)).isComplete());
        MediaSet turned = MediaSet.of(List.of(two, one));
        assertTrue(turned.isComplete(), turned.problems().toString());
        assertEquals(List.of(1, 0), turned.order());
        assertEquals(184, one.pageCount() + two.pageCount() - 8, "one extent fills up");
    }

    @Test
    void logsOfTheChainBeginWhereTheLogBeforeEnds() {
        List<BackupHeader> chain = RealBackups.ALL.stream().filter(name -> name.startsWith("chain"))
                .map(name -> Streams.read(RealBackups.read(name)).header().orElseThrow()).collect(Collectors.toList());
        UUID full = chain.getFirst().backupSetGuid();
        List<BackupHeader> logs = chain.stream().filter(it -> it.type().equals(Optional.of(BackupType.LOG))).toList();
        for (int log = 1; log < logs.size(); log++) {
            assertEquals(logs.get(log - 1).lastLsn(), logs.get(log).firstLsn());
        }
        assertEquals(ColumnValue.of(full), chain.get(4).get(HeaderColumns.DIFFERENTIAL_BASE_GUID));
    }

    @Test
    void compressedBackupExpandsToAStreamThatIsWholeItself() {
        ByteArrayOutputStream expanded = new ByteArrayOutputStream();
        BackupStreamReader reader = BackupStreamReader.builder()
                .expandedBytes(bytes -> expanded.writeBytes(bytes.toArray(ValueLayout.JAVA_BYTE)))
                .build();
        reader.feed(MemorySegment.ofArray(RealBackups.read("full-compressed.bak")));
        StreamReport report = reader.finish();
        assertTrue(report.isWhole(), report.verdict());
        assertEquals(report.expandedLength(), expanded.size());
        // The boot page is a second source for name and version.
        byte[] bytes = expanded.toByteArray();
        int boot = (int) Streams.dataPosition(bytes) + 9 * 8192;
        assertEquals(852, bytes[boot + 0x64] & 0xff | (bytes[boot + 0x65] & 0xff) << 8);
        assertEquals("TutorialDB", new String(bytes, boot + 0x94, 256, StandardCharsets.UTF_16LE)
                .stripTrailing());
    }
}
