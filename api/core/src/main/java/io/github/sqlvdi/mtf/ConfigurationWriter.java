package io.github.sqlvdi.mtf;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Writes the records {@code SCIN}, {@code SFGI} and {@code SFIN} of a generated backup (MTF reference 6). */
final class ConfigurationWriter {

    private static final int SCIN_FIXED = 0x190;
    private static final int SFGI_FIXED = 0xe0;
    private static final int SFIN_FIXED = 0x404;
    private static final int FLAGS = 0x200;
    private static final int FLAG_CHECKSUMS = 0x10;
    private static final int FLAG_COPY_ONLY = 0x400;
    private static final int FLAG_DIFFERENTIAL = 0x800;
    private static final int FILE_FLAGS = 0x04;
    private static final int FILE_IN_FULL = 0x80;
    private static final int LOCALE = 1033;
    private static final int COMPARISON_STYLE = 196_609;
    private static final int SORT_ORDER = 52;
    private static final long COLLATION = 0x00d0_0409L;
    private static final long UNLIMITED = 35_184_372_080_640L;
    private static final long LARGEST_LOG = 2_199_023_255_552L;
    private static final long GROWTH = 1L << 20;

    private ConfigurationWriter() {
    }

    static byte[] records(GeneratedBackup backup, long backupSize, boolean last) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        records.writeBytes(sized(backupSet(backup, backupSize, last)));
        List<String> filegroups = filegroups(backup);
        for (int group = 1; group <= filegroups.size(); group++) {
            String name = filegroups.get(group - 1);
            records.writeBytes(sized(new RecordWriter("SFGI", SFGI_FIXED).u32(0x08, 0x10).u32(0x0c, group)
                    .text(0x10, name).u32(0x14, 1)));
            for (GeneratedFile file : backup.files()) {
                if (file.filegroup().equals(name)) {
                    records.writeBytes(sized(file(backup, file, group)));
                }
            }
        }
        backup.files().stream().filter(GeneratedFile::log)
                .forEach(log -> records.writeBytes(sized(file(backup, log, 0))));
        return records.toByteArray();
    }

    /** The filegroups in the order of their first files: PRIMARY is the first. */
    private static List<String> filegroups(GeneratedBackup backup) {
        return backup.files().stream().filter(file -> !file.log()).map(GeneratedFile::filegroup).distinct().toList();
    }

    private static byte[] sized(RecordWriter record) {
        return record.u32(0x04, record.length()).toBytes();
    }

    private static RecordWriter backupSet(GeneratedBackup backup, long backupSize, boolean last) {
        ServerVersion version = backup.version();
        GeneratedDatabase.Lsns lsns = backup.lsns();
        int flags = FLAGS | (backup.hasChecksums() ? FLAG_CHECKSUMS : 0)
                | (backup.type().isDifferential() ? FLAG_DIFFERENTIAL : 0)
                | (backup.isCopyOnly() ? FLAG_COPY_ONLY : 0);
        RecordWriter record = new RecordWriter("SCIN", SCIN_FIXED).u32(0x08, flags)
                .u32(0x0c, backup.files().size() - 1).u32(0x10, 1)
                .u16(0x18, version.build()).u8(0x1a, version.minor()).u8(0x1b, version.major());
        record.lsn(0x20, lsns.first()).lsn(0x2a, lsns.last()).lsn(0x34, lsns.checkpoint())
                .lsn(0x3e, lsns.databaseBackup());
        record.date(0x48, backup.created()).date(0x4d, backup.start()).date(0x52, last ? backup.finish() : null)
                .u8(0x57, backup.type().letter()).u8(0x58, SORT_ORDER).u16(0x59, 1)
                .u8(0x5b, version.compatibilityLevel()).u16(0x5c, 5).u16(0x5e, version.databaseVersion())
                .i64(0x60, last ? backupSize : backup.estimate());
        record.u32(0x74, LOCALE).u32(0x78, COMPARISON_STYLE).guid(0x7c, backup.bindingGuid())
                .lsn(0x90, lsns.last()).guid(0x9c, backup.familyGuid()).guid(0xc8, lsns.base())
                .u32(0xd8, COLLATION).u8(0xdc, SORT_ORDER).guid(0xe0, backup.familyGuid()).u16(0xf2, 1)
                .u16(0xf4, backup.recoveryModel().status()).u16(0xf6, 1).lsn(0xf8, lsns.first())
                .i64(0x158, last ? backupSize : backup.estimate()).u16(0x174, 1);
        return record.text(0x68, backup.databaseName()).text(0x6c, backup.serverName());
    }

    private static RecordWriter file(GeneratedBackup backup, GeneratedFile file, int group) {
        GeneratedDatabase.Lsns lsns = backup.lsns();
        boolean full = backup.type() == BackupType.FULL;
        boolean whole = full || backup.type() == BackupType.FILE || backup.type() == BackupType.PARTIAL;
        long pages = backup.pagesOf(file);
        RecordWriter record = new RecordWriter("SFIN", SFIN_FIXED)
                .u32(0x08, FILE_FLAGS | (whole && pages > 0 ? FILE_IN_FULL : 0)).u32(0x10, GeneratedPage.SIZE)
                .u32(0x14, file.id()).u32(0x18, pages).u32(0x1c, file.log() ? 2 : 1).u32(0x20, 512)
                .u32(0x24, group).i64(0x28, file.size());
        record.i64(0x56, file.log() ? LARGEST_LOG : UNLIMITED).i64(0x5e, GROWTH).i64(0x72, file.size())
                .i64(0x7a, UNLIMITED).i64(0x82, file.size()).guid(0xba, file.uniqueId())
                .lsn(0xca, lsns.first()).lsn(0xda, lsns.last()).lsn(0xea, lsns.checkpoint())
                .i64(0xfa, file.log() ? backup.logBytes() : pages * GeneratedPage.SIZE);
        if (!file.log()) {
            // A full backup names itself: it is the base of the next differential backup.
            record.lsn(0x9e, full ? lsns.checkpoint() : lsns.databaseBackup())
                    .guid(0xaa, full ? backup.backupSetGuid() : lsns.base());
        }
        return record.text(0x30, file.logicalName()).text(0x34, file.physicalName());
    }
}
