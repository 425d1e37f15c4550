package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.catalog.Database;
import io.github.sqlvdi.emulator.internal.catalog.DatabaseFile;
import io.github.sqlvdi.emulator.internal.catalog.Recordings;
import io.github.sqlvdi.emulator.internal.catalog.ServerIdentity;
import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.GeneratedBackup;
import io.github.sqlvdi.mtf.GeneratedDatabase;
import io.github.sqlvdi.mtf.RecoveryModel;
import io.github.sqlvdi.mtf.ServerVersion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The streams of a backup before they flow: generated ones, or a recording. Nothing of the database changes before
 * {@link #keep}; a failed backup so moves neither the differential base nor the log chain.
 */
final class PlannedBackup {

    private final GeneratedDatabase next;
    private final GeneratedBackup generated;
    private final Recordings.Recording recorded;
    private final boolean kept;

    private PlannedBackup(GeneratedDatabase next, GeneratedBackup generated, Recordings.Recording recorded,
            boolean kept) {
        this.next = next;
        this.generated = generated;
        this.recorded = recorded;
        this.kept = kept;
    }

    /** Plans a backup of these data files, of all for no names; null if the recordings of the database have none of that kind and number of stripes. */
    static PlannedBackup of(Database database, BackupType type, List<String> files, Options options, int families,
            ServerIdentity server, String user) {
        boolean copyOnly = options.has("COPY_ONLY") && !type.isDifferential();
        if (!database.recordings.all().isEmpty()) {
            return database.recordings.next(type).filter(each -> each.stripes().size() == families)
                    .map(each -> new PlannedBackup(null, null, each, !copyOnly)).orElse(null);
        }
        GeneratedDatabase next = generator(database, server, user);
        database.generated = next.state(); // the next backup gets other ids, also when this one fails
        LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault()).withNano(0);
        GeneratedBackup.Builder backup = next.backup(type).families(families).time(now, now, ZoneOffset.UTC)
                .checksums(options.has("CHECKSUM"));
        if (copyOnly && type != BackupType.LOG) {
            backup.copyOnly(true);
        }
        if (!files.isEmpty()) {
            backup.files(files.toArray(String[]::new));
        }
        if (given(options, "NAME")) {
            backup.name(options.text("NAME"));
        }
        if (given(options, "DESCRIPTION")) {
            backup.description(options.text("DESCRIPTION"));
        }
        if (given(options, "MEDIANAME")) {
            backup.media(options.text("MEDIANAME"),
                    given(options, "MEDIADESCRIPTION") ? options.text("MEDIADESCRIPTION") : " ");
        }
        // A copy-only log backup leaves the log as it is.
        return new PlannedBackup(next, backup.build(), null, !(copyOnly && type == BackupType.LOG));
    }

    private static boolean given(Options options, String name) {
        String text = options.text(name);
        return text != null && !text.isEmpty();
    }

    private static GeneratedDatabase generator(Database database, ServerIdentity server, String user) {
        GeneratedDatabase.Builder builder = GeneratedDatabase.builder(database.name()).serverName(server.name())
                .userName(user).seed(database.seed)
                .recoveryModel(RecoveryModel.valueOf(database.recoveryModel))
                .version(new ServerVersion(Math.max(11, server.major()), 0, server.build(), server.databaseVersion(),
                        server.major() * 10));
        if (database.generated != null) {
            builder.state(database.generated);
        }
        for (DatabaseFile file : database.files) {
            if (file.log()) {
                builder.logFile(file.logical(), file.physical(), file.size());
            } else {
                builder.dataFile(file.logical(), file.physical(), file.size(), file.filegroup());
            }
        }
        return builder.build();
    }

    /** Bytes of all streams. */
    long bytes() throws IOException {
        if (generated != null) {
            long sum = 0;
            for (int family = 1; family <= generated.families(); family++) {
                sum += generated.length(family);
            }
            return sum;
        }
        long sum = 0;
        for (Path stripe : recorded.stripes()) {
            sum += Files.size(stripe);
        }
        return sum;
    }

    /** Opens the streams, one for each device; closes what it opened if one fails. */
    List<ReadableByteChannel> open() throws IOException {
        List<ReadableByteChannel> streams = new ArrayList<>();
        try {
            if (generated != null) {
                for (int family = 1; family <= generated.families(); family++) {
                    streams.add(generated.open(family));
                }
            } else {
                for (Path stripe : recorded.stripes()) {
                    streams.add(FileChannel.open(stripe, StandardOpenOption.READ));
                }
            }
            return streams;
        } catch (IOException failure) {
            for (ReadableByteChannel stream : streams) {
                stream.close();
            }
            throw failure;
        }
    }

    /** After success: moves base and chain. Within the catalog's lock. */
    void keep(Database database, BackupType type, boolean copyOnly) {
        if (recorded != null) {
            database.recordings = database.recordings.without(recorded);
        } else if (kept) {
            database.generated = next.state();
        }
        if (type == BackupType.FULL && !copyOnly) {
            database.hasBase = true;
            database.hasChain = !database.recoveryModel.equals("SIMPLE");
        }
    }
}
