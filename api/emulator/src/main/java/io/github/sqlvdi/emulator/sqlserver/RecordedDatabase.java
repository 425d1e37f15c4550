package io.github.sqlvdi.emulator.sqlserver;

import io.github.sqlvdi.emulator.internal.catalog.BackupContents;
import io.github.sqlvdi.emulator.internal.catalog.Catalog;
import io.github.sqlvdi.emulator.internal.catalog.Database;
import io.github.sqlvdi.emulator.internal.catalog.DatabaseFile;
import io.github.sqlvdi.emulator.internal.catalog.Recordings;
import io.github.sqlvdi.mtf.BackupStreamReader;
import io.github.sqlvdi.mtf.BackupType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes databases of recorded streams. */
final class RecordedDatabase {

    private static final int PORTION = 1 << 16;

    private RecordedDatabase() {
    }

    /** Adds a database, unless the catalog has it, whose backups are the recorded ones. */
    static void add(Catalog catalog, String name, List<List<Path>> backups) throws IOException {
        if (catalog.find(name).isPresent()) {
            return;
        }
        List<Recordings.Recording> recordings = new ArrayList<>();
        for (List<Path> stripes : backups) {
            recordings.add(new Recordings.Recording(read(stripes.getFirst()), stripes, null));
        }
        BackupContents full = recordings.stream().map(Recordings.Recording::contents)
                .filter(each -> each.type() == BackupType.FULL).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        String.format(Locale.ROOT, "Database %s has no recorded full backup: expected one", name)));
        Recordings kept = catalog.kept(recordings);
        catalog.change(all -> {
            Database database = all.add(name, 1);
            database.recordings = kept;
            database.familyGuid = full.family();
            database.recoveryModel = full.recoveryModelName();
            database.files = full.files().stream().map(file -> new DatabaseFile((int) file.fileId(), file.logicalName(),
                    file.physicalName(), file.filegroup(), file.log(), file.size(), true)).toList();
            return null;
        });
    }

    /** Reads a stream up to its header. */
    private static BackupContents read(Path file) throws IOException {
        BackupStreamReader reader = BackupStreamReader.builder().checksums(false).build();
        ByteBuffer portion = ByteBuffer.allocate(PORTION);
        try (FileChannel channel = FileChannel.open(file)) {
            while (reader.report().header().isEmpty() && reader.report().offence().isEmpty()
                    && channel.read(portion.clear()) >= 0) {
                reader.feed(portion.flip());
            }
        }
        if (reader.report().header().isEmpty() || reader.report().label().isEmpty()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s is no recorded backup: %s", file, reader.finish().verdict()));
        }
        return BackupContents.of(reader.report());
    }
}
