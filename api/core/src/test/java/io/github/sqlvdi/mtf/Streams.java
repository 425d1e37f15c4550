package io.github.sqlvdi.mtf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Streams for tests: made by the project itself, so that a checkout without real backups tests everything too. */
final class Streams {

    static final LocalDateTime START = LocalDateTime.of(2026, 11, 26, 13, 5, 7);
    static final LocalDateTime FINISH = START.plusSeconds(42);
    static final ZoneOffset ZONE = ZoneOffset.ofHoursMinutes(5, 30);

    private Streams() {
    }

    /** A small database with two data files. */
    static GeneratedDatabase.Builder database() {
        return GeneratedDatabase.builder("Größe").serverName("HOST\\INST")
                .dataFile("Data", "/var/opt/mssql/data/d.mdf", 4 * 65_536)
                .dataFile("More", "/var/opt/mssql/data/m.ndf", 3 * 65_536)
                .logFile("Log", "/var/opt/mssql/data/l.ldf", 16 * 65_536);
    }

    /** A small database with two filegroups. */
    static GeneratedDatabase.Builder filegroups() {
        return GeneratedDatabase.builder("Parts").dataFile("Data", "/data/d.mdf", 4 * 65_536)
                .dataFile("Old", "/data/o.ndf", 2 * 65_536, "archive").dataFile("More", "/data/m.ndf", 3 * 65_536)
                .dataFile("Older", "/data/p.ndf", 65_536, "archive").logFile("Log", "/data/l.ldf", 16 * 65_536);
    }

    /** A stream of each kind, by name. */
    static Map<String, byte[]> generated() {
        Map<String, byte[]> streams = new LinkedHashMap<>();
        GeneratedDatabase database = database().build();
        GeneratedBackup full = database.backup(BackupType.FULL).name("full backup").description("what it is")
                .media("media", "all of it").time(START, FINISH, ZONE).build();
        streams.put("full", bytes(full.open(1)));
        database.modify(3, 8, 8);
        streams.put("log", bytes(database.backup(BackupType.LOG).time(START, FINISH, ZONE).build().open(1)));
        streams.put("differential with large sectors and checksums", bytes(database.backup(BackupType.DIFFERENTIAL)
                .sectorSize(4096).checksums(true).time(START, FINISH, ZONE).build().open(1)));
        database.log(500_000);
        GeneratedBackup log = database.backup(BackupType.LOG).checksums(true).time(START, FINISH, ZONE).build();
        streams.put("log over virtual log files with checksums", bytes(log.open(1)));
        GeneratedBackup striped = database.backup(BackupType.FULL).families(2).checksums(true)
                .time(START, FINISH, ZONE).build();
        streams.put("stripe 1 of 2", bytes(striped.open(1)));
        streams.put("stripe 2 of 2", bytes(striped.open(2)));
        GeneratedDatabase parts = filegroups().build();
        streams.put("file with checksums", bytes(parts.backup(BackupType.FILE).files("Old", "Older").checksums(true)
                .time(START, FINISH, ZONE).build().open(1)));
        streams.put("partial", bytes(parts.backup(BackupType.PARTIAL).files("Data", "More").time(START, FINISH, ZONE)
                .build().open(1)));
        streams.put("compressed full", TestContainer.of(streams.get("full")));
        streams.put("compressed with checksums", TestContainer.of(streams.get("stripe 1 of 2")));
        return streams;
    }

    /** Generated streams, and real ones where they are. */
    static Map<String, byte[]> all() {
        Map<String, byte[]> streams = generated();
        if (RealBackups.arePresent()) {
            RealBackups.ALL.forEach(name -> streams.put(name, RealBackups.read(name)));
        }
        return streams;
    }

    static byte[] bytes(ReadableByteChannel channel) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(10_007);
        try {
            while (channel.read(buffer.clear()) >= 0) {
                bytes.write(buffer.array(), 0, buffer.position());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static StreamReport read(byte[] stream) {
        return read(stream, stream.length);
    }

    /** Reads the first bytes of a stream. */
    static StreamReport read(byte[] stream, int length) {
        return read(BackupStreamReader.create(), stream, length);
    }

    /** Reads the first bytes of a stream without a look at its data. */
    static StreamReport readHeaders(byte[] stream, int length) {
        return read(BackupStreamReader.builder().checksums(false).build(), stream, length);
    }

    private static StreamReport read(BackupStreamReader reader, byte[] stream, int length) {
        reader.feed(MemorySegment.ofArray(stream).asSlice(0, length));
        return reader.finish();
    }

    /** Where blocks and data streams have their headers, with their sizes. */
    record Header(String name, long position, int size) {
    }

    static List<Header> headers(byte[] stream) {
        List<Header> headers = new ArrayList<>();
        BackupStreamReader reader = BackupStreamReader.builder().listener(new StreamListener() {
            @Override
            public void block(MtfBlock block) {
                headers.add(new Header(block.type(), block.position(), 52));
            }

            @Override
            public void stream(MtfBlock block, MtfStream dataStream) {
                headers.add(new Header(block.type() + " " + dataStream.id(), dataStream.position(), 22));
            }
        }).build();
        reader.feed(MemorySegment.ofArray(stream));
        reader.finish();
        return headers;
    }

    /** Where the first page or the log begins. */
    static long dataPosition(byte[] stream) {
        return headers(stream).stream().filter(it -> it.name().endsWith(" MQDA") || it.name().endsWith(" MQTL"))
                .findFirst().orElseThrow().position() + 24;
    }

    static boolean isContainer(byte[] stream) {
        return stream[0] == 'M';
    }
}
