package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.catalog.BackupContents;
import io.github.sqlvdi.emulator.internal.language.RestoreStatement;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.mtf.StreamReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs RESTORE HEADERONLY, FILELISTONLY, LABELONLY, VERIFYONLY and REWINDONLY. The first two read a stream to its end,
 * because the final numbers stand there; LABELONLY closes the devices as soon as it has the labels (both inferred).
 */
final class ReadOnlyRestores {

    private static final Set<String> COMMON = Set.of("CHECKSUM", "NO_CHECKSUM", "STOP_ON_ERROR", "CONTINUE_AFTER_ERROR",
            "MEDIANAME", "MEDIAPASSWORD", "UNLOAD", "NOUNLOAD");
    private static final Set<String> HEADER = Set.of("CHECKSUM", "NO_CHECKSUM", "STOP_ON_ERROR", "CONTINUE_AFTER_ERROR",
            "MEDIANAME", "MEDIAPASSWORD", "UNLOAD", "NOUNLOAD", "FILE", "PASSWORD");
    private static final Set<String> VERIFY = Set.of("CHECKSUM", "NO_CHECKSUM", "STOP_ON_ERROR", "CONTINUE_AFTER_ERROR",
            "MEDIANAME", "MEDIAPASSWORD", "UNLOAD", "NOUNLOAD", "FILE", "PASSWORD", "MOVE", "STATS", "NOREWIND",
            "REWIND",
            "LOADHISTORY");

    private final RestoreStatement statement;
    private final StatementContext context;
    private final Faults faults;
    private final String name;
    private final Options options;

    ReadOnlyRestores(RestoreStatement statement, StatementContext context, Faults faults) {
        this.statement = statement;
        this.context = context;
        this.faults = faults;
        name = switch (statement.kind()) {
            case FILELISTONLY -> "RESTORE FILELIST";
            case VERIFYONLY -> "VERIFY DATABASE";
            default -> "RESTORE " + statement.kind();
        };
        options = new Options(name, statement.options(), context.evaluator());
    }

    void run() throws IOException {
        options.allowOnly(switch (statement.kind()) {
            case HEADERONLY, FILELISTONLY -> HEADER;
            case VERIFYONLY -> VERIFY;
            default -> COMMON;
        });
        Media media = DeviceList.of(name, statement.devices(), context, false);
        if (statement.kind() == RestoreStatement.Kind.REWINDONLY) {
            throw Messages.failure(name, ServerMessage.error(3216,
                    "RESTORE REWINDONLY can only be applied to tape devices."));
        }
        if (statement.kind() == RestoreStatement.Kind.HEADERONLY) {
            headers(media);
            return;
        }
        boolean label = statement.kind() == RestoreStatement.Kind.LABELONLY;
        RestorePlan plan = new RestorePlan(media.count(), label, report -> {});
        StreamReport report = new RestoreStreams(context, faults, name, options, media.at(position(media))).read(plan,
                statement.kind() == RestoreStatement.Kind.VERIFYONLY);
        switch (statement.kind()) {
            case LABELONLY -> context.rows(BackupRows.label(BackupContents.label(plan.firstLabel())));
            case FILELISTONLY -> context.rows(BackupRows.files(BackupContents.of(report)));
            default -> {
                if (options.stats() > 0) {
                    context.progress(Messages.percent(100));
                }
                context.last(ServerMessage.info(3262, "The backup set on file %d is valid.", position(media)));
            }
        }
    }

    /** The backup set of FILE = n; the first one without. */
    private int position(Media media) {
        return position(options, name, media);
    }

    static int position(Options options, String statement, Media media) {
        long position = options.number("FILE", 1);
        if (position < 1 || position > Short.MAX_VALUE || position > 1 && !media.onDisk()) {
            throw Messages.failure(statement, Messages.noSuchFile(position, media.first()));
        }
        return (int) position;
    }

    /** Sends the headers of all backup sets of the media, or of the one of FILE = n. */
    private void headers(Media media) throws IOException {
        int first = position(media);
        int last = options.has("FILE") || !media.onDisk() ? first : Math.max(1, sets(media.files().getFirst()));
        List<BackupContents> sets = new ArrayList<>();
        for (int position = first; position <= last; position++) {
            // One fault is for the whole statement.
            Faults waiting = position == first ? faults : new Faults(() -> {});
            sets.add(BackupContents.of(new RestoreStreams(context, waiting, name, options, media.at(position))
                    .read(new RestorePlan(media.count(), false, report -> {}), false)));
        }
        context.rows(BackupRows.headers(sets, first, context.catalog().identity(), media.deviceType()));
    }

    private static int sets(Path file) {
        try {
            return DiskSets.find(file, Short.MAX_VALUE).sets().size();
        } catch (IOException unreadable) {
            return 1; // reading the first one tells why
        }
    }
}
