package io.github.sqlvdi.mtf;

import java.util.ArrayList;
import java.util.List;

/** The blocks of one stripe of a generated backup, as SQL Server 2012 and later write them (MTF reference 4 to 10). */
final class StreamLayout {

    private static final int MARK_ATTRIBUTES = 0x8000_0000;
    private static final int NORMAL = 4;
    private static final int DIFFERENTIAL = 8;
    private static final int VENDOR = 0x1200;
    private static final String SOFTWARE = "Microsoft SQL Server\0";
    private static final String DEVICE = "C:";
    private static final int VARIABLE = 0x02;
    private static final int VARIABLE_END = 0x04;
    private static final int LOG_UNIT = 65_536;
    private static final int VLF_FIELDS = 0x5c;
    private static final int VLF_SIZE = 0x1f8;

    private final GeneratedBackup backup;
    private final int family;
    private final StreamParts parts;
    private final List<Long> marks = new ArrayList<>();

    private long setPosition;
    private long configurationPosition;
    private long closingPosition = -1;

    StreamLayout(GeneratedBackup backup, int family, long backupSize) {
        this.backup = backup;
        this.family = family;
        parts = new StreamParts(backup.sectorSize());
        label();
        filemark();
        setStart();
        configuration("MSCI", 0, false);
        data();
        log();
        configurationPosition = parts.position();
        configuration("MSLS", backupSize, true);
        filemark();
        closing(backupSize, true);
        closing(backupSize, false);
        filemark();
    }

    List<StreamParts.Part> parts() {
        return parts.parts();
    }

    long length() {
        return parts.position();
    }

    /** What this stripe adds to the size of the backup (MTF reference 11). */
    long size() {
        return configurationPosition - backup.sectorSize();
    }

    private void label() {
        RecordWriter tape = new RecordWriter("TAPE", 0x5e).u32(0x04, 0x30000)
                .u32(0x34, backup.familyNumber(family)).u32(0x38, 5).u16(0x3c, 1)
                .u16(0x40, backup.sectorSize() / 512).u16(0x42, 3)
                .text(0x44, backup.mediaName()).text(0x48, backup.mediaDescription()).text(0x50, SOFTWARE)
                .u16(0x54, StreamParts.LOGICAL_BLOCK).u16(0x56, VENDOR).date(0x58, backup.start()).u8(0x5d, 1);
        parts.block(tape, true);
        parts.stream("RAID", 0, new RecordWriter(32).guid(0x00, backup.mediaSetGuid()).u32(0x10, 0xf00000ad)
                .u16(0x14, backup.families()).u16(0x16, 1).u16(0x18, family).u16(0x1e, 1).toBytes());
        parts.padToSector();
    }

    private void filemark() {
        int size = backup.sectorSize();
        int slots = (size - 0x48) / Long.BYTES;
        RecordWriter mark = new RecordWriter("SFMB", size).u32(0x04, MARK_ATTRIBUTES).u32(0x34, slots)
                .u32(0x38, marks.size()).u32(0x40, 0x48);
        for (int before = 0; before < marks.size(); before++) {
            mark.i64(0x48 + Long.BYTES * before, marks.get(marks.size() - 1 - before));
        }
        marks.add(parts.position());
        parts.block(mark, false);
    }

    private void setStart() {
        setPosition = parts.position();
        parts.beginSet();
        ServerVersion version = backup.version();
        RecordWriter set = new RecordWriter("SSET", 0x7a).u16(0x2c, 21).u16(0x2e, 100).u32(0x34, setAttributes())
                .u16(0x3c, VENDOR).u16(0x3e, 1).text(0x40, backup.name()).text(0x44, backup.description())
                .text(0x4c, backup.userName()).i64(0x50, setPosition).date(0x58, backup.start())
                .u8(0x5d, version.major()).u8(0x5e, version.minor()).u8(0x5f, backup.zoneQuarters()).u8(0x61, 2)
                .guid(0x64, backup.backupSetGuid());
        parts.blockOfSet(set, true);
        parts.pad();
        RecordWriter volume = new RecordWriter("VOLB", 0x49).u32(0x34, 2).text(0x38, DEVICE)
                .text(0x40, backup.machineName()).date(0x44, backup.start());
        parts.blockOfSet(volume, true);
        parts.pad();
    }

    private int setAttributes() {
        return backup.type().isDifferential() ? DIFFERENTIAL : NORMAL;
    }

    private void configuration(String type, long backupSize, boolean last) {
        parts.blockOfSet(new RecordWriter(type, 0x38), true);
        parts.stream("MQCI", 0, ConfigurationWriter.records(backup, backupSize, last));
        if (last) {
            parts.padToSector();
        } else {
            parts.pad();
        }
    }

    private void data() {
        if (backup.type() == BackupType.LOG) {
            return;
        }
        parts.blockOfSet(new RecordWriter("MSDA", 0x3c).u16(0x3a, 1), false);
        long length = backup.extentCount(family) * GeneratedFile.EXTENT;
        if (length > 0) {
            parts.data("MQDA", VARIABLE, new StreamParts.Pages(), length, backup.hasChecksums());
        }
        parts.stream("MQDA", VARIABLE | VARIABLE_END, new byte[0]);
        parts.pad();
    }

    /** The first stripe carries the log; every stripe says where it is. */
    private void log() {
        for (LogRange range : backup.ranges()) {
            RecordWriter block = new RecordWriter("MSTL", VLF_FIELDS + VLF_SIZE).u16(0x3a, 1).i64(0x3c, range.start())
                    .i64(0x44, range.end()).u32(0x4c, range.fileId()).u16(0x50, VLF_SIZE).u16(0x52, VLF_FIELDS)
                    .u32(VLF_FIELDS, range.sequence()).i64(0x60, backup.vlfSize()).i64(0x68, range.fileOffset())
                    .u8(0x70, 2).u8(0x72, range.isCovered() ? 0x40 : 0);
            parts.blockOfSet(block, false);
            long bytes = range.end() - range.start();
            if (family == 1 && bytes > 0) {
                parts.data("MQTL", 0, new StreamParts.Log(range.start(), bytes),
                        Math.ceilDiv(bytes, LOG_UNIT) * LOG_UNIT, backup.hasChecksums());
            }
            parts.pad();
        }
    }

    private void closing(long backupSize, boolean withMap) {
        RecordWriter block = new RecordWriter("ESET", 0x58).u32(0x34, NORMAL)
                .i64(0x3c, closingPosition < 0 ? 0 : closingPosition).u16(0x4e, 1).date(0x50, backup.finish());
        closingPosition = parts.position();
        parts.block(block, false);
        if (withMap) {
            parts.fill("OTCP");
            parts.stream("TSMP", 0, setMap(backupSize));
        }
        parts.padToSector();
    }

    private byte[] setMap(long backupSize) {
        RecordWriter map = new RecordWriter(0x64).u32(0x00, backup.familyNumber(family)).u32(0x04, 1).u16(0x0a, 1)
                .u32(0x10, setAttributes()).i64(0x14, setPosition).u16(0x26, 1).i64(0x3c, backupSize).u16(0x44, 1)
                .text(0x48, backup.name(), 8).text(0x4c, backup.description(), 8).text(0x54, backup.userName(), 8)
                .date(0x58, backup.start()).u8(0x5d, backup.zoneQuarters()).u8(0x5e, 0x0e).u8(0x5f, 1).u16(0x60, 2)
                .u16(0x62, 2);
        map.u16(0x08, map.length() - 8);
        RecordWriter volume = new RecordWriter(0x3e).tag(0x02, "VOLB").u8(0x06, 1).u8(0x0c, 1).u8(0x24, 0x0e)
                .u8(0x25, 1).u16(0x26, 2).u16(0x28, 2).text(0x2a, DEVICE).text(0x32, backup.machineName())
                .date(0x38, backup.start());
        volume.u16(0x00, volume.length());
        return map.append(volume.toBytes()).toBytes();
    }
}
