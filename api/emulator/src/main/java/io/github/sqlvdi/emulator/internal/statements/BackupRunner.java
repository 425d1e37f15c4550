package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.catalog.BackupContents;
import io.github.sqlvdi.emulator.internal.catalog.Database;
import io.github.sqlvdi.emulator.internal.catalog.DatabaseFile;
import io.github.sqlvdi.emulator.internal.language.BackupStatement;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.StreamReport;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;

/** Runs BACKUP DATABASE and BACKUP LOG to virtual devices (TDS reference 8.1, 8.4). */
public final class BackupRunner {

    private final StatementContext context;
    private final Faults faults;
    private final BackupStatement statement;
    private final String name;
    private final Options options;
    private final BackupParts parts;
    private final BackupType type;
    private int position = 1;

    private BackupRunner(BackupStatement statement, StatementContext context, Faults faults) {
        this.statement = statement;
        this.context = context;
        this.faults = faults;
        name = statement.log() ? "BACKUP LOG" : "BACKUP DATABASE";
        options = new Options(name, statement.options(), context.evaluator());
        parts = new BackupParts(name, statement.parts(), options);
        type = statement.log() ? BackupType.LOG : parts.type();
    }

    /**
     * Runs a statement.
     *
     * @param statement the statement
     * @param context its session
     * @param faults the faults that wait
     * @throws IOException if the connection failed
     */
    public static void run(BackupStatement statement, StatementContext context, Faults faults) throws IOException {
        new BackupRunner(statement, context, faults).run();
    }

    private void run() throws IOException {
        if (context.inTransaction()) {
            throw Messages.failure(name, Messages.inTransaction());
        }
        String wanted = context.evaluator().value(statement.database()).text();
        Database database = context.catalog().find(wanted == null ? "" : wanted)
                .orElseThrow(() -> Messages.failure(name, Messages.noDatabase(wanted)));
        context.catalog().locked(all -> BackupChecks.problem(database, statement.log(), options.has("DIFFERENTIAL")))
                .ifPresent(problem -> {
                    throw Messages.failure(name, problem);
                });
        checkOptions();
        Media media = DeviceList.of(name, statement.devices(), context, true);
        if (options.isSnapshot() && (media.count() > 1 || media.onDisk())) {
            throw Messages.failure(name, ServerMessage.error(3277,
                    "WITH SNAPSHOT must be used with only one virtual device."));
        }
        reserve(database, true);
        try {
            transfer(database, media);
        } finally {
            reserve(database, false);
        }
    }

    /** Two backups of the data of a database are not made at once. */
    private void reserve(Database database, boolean busy) {
        if (!statement.log()) {
            context.catalog().locked(all -> {
                if (busy) {
                    BackupChecks.problem(database, false, type.isDifferential()).ifPresent(problem -> {
                        throw Messages.failure(name, problem);
                    });
                }
                database.inBackup = busy;
                return null;
            });
        }
    }

    private void checkOptions() {
        if (statement.mirrored()) {
            throw Messages.failure(name, ServerMessage.error(3008,
                    "The specified device type is not supported for backup mirroring."));
        }
        parts.check(statement.log());
        if (statement.log()) {
            options.refuse("DIFFERENTIAL", "SNAPSHOT");
        } else {
            options.refuse("NORECOVERY", "STANDBY", "NO_TRUNCATE");
        }
        // Encryption, file snapshots and passwords would have to change the stream; this server cannot.
        options.refuse("ENCRYPTION", "CREDENTIAL", "FILE_SNAPSHOT", "PASSWORD", "MEDIAPASSWORD");
        limit("NAME", 128);
        limit("DESCRIPTION", 255);
        limit("MEDIANAME", 128);
        limit("MEDIADESCRIPTION", 255);
        options.stats();
    }

    private void limit(String option, int longest) {
        String text = options.text(option);
        if (text != null && text.length() > longest) {
            throw Messages.failure(name, Messages.outOfRange(option, text.length()));
        }
    }

    private void transfer(Database database, Media media) throws IOException {
        List<String> files = context.catalog().locked(all -> parts.files(database, statement.log(), media.first()));
        PlannedBackup planned = context.catalog().change(all -> PlannedBackup.of(database, type,
                parts.isEmpty() ? List.of() : files, options, media.count(), all.identity(),
                context.session().login()));
        if (planned == null) {
            throw Messages.failure(name,
                    ServerMessage.error(3201, "Cannot open backup device '%s'. Operating system error "
                            + "emulator(no recorded backup of this kind has %d stripes).", media.first(),
                            media.count()));
        }
        Progress progress = new Progress(planned.bytes(), options.stats(), context.session());
        FaultInjector injector = new FaultInjector(faults, context, progress);
        List<ServerMessage> refusal = injector.refusal(media.first(), database.name(), true);
        if (!refusal.isEmpty()) {
            throw Messages.failure(name, refusal);
        }
        if (parts.isOfWritableFiles(database)) {
            context.progress(Messages.writableFiles());
        }
        long begun = System.nanoTime();
        context.session().command = name;
        List<BackupSource> sources = new ArrayList<>();
        try {
            for (ReadableByteChannel stream : planned.open()) {
                sources.add(new BackupSource(stream, injector, database.files.getFirst().physical()));
            }
            VdiRun run = VdiRun.backup(context, progress, media, options, sources, injector);
            List<ServerMessage> errors = run.run();
            position = run.position();
            if (!errors.isEmpty()) {
                throw Messages.failure(name, injector.errors().isEmpty() ? errors : injector.errors());
            }
            List<ServerMessage> late = injector.end();
            if (!late.isEmpty()) {
                throw Messages.failure(name, late);
            }
        } finally {
            for (BackupSource source : sources) {
                source.close();
            }
        }
        succeeded(database, planned, files, media, sources.getFirst().report(), System.nanoTime() - begun);
    }

    private void succeeded(Database database, PlannedBackup planned, List<String> files, Media media,
            StreamReport report, long nanos) throws IOException {
        context.catalog().change(all -> {
            planned.keep(database, type, options.has("COPY_ONLY"));
            if (report.header().isPresent() && report.label().isPresent()) { // not in a stream that was cut by a fault
                BackupContents contents = BackupContents.of(report);
                database.familyGuid = contents.family();
                all.history().add(contents, media.names(), media.deviceType(), position);
            }
            if (options.has("NORECOVERY")) {
                database.consistentLsn = report.header().map(header -> header.lastLsn().toBigDecimal()).orElse(null);
                database.state = Database.State.RESTORING;
            }
            if (options.has("STANDBY")) {
                database.standby = true;
            }
            return null;
        });
        long pages = report(database, files, report);
        context.last(Messages.success(parts.shownName(), pages, nanos));
    }

    private long report(Database database, List<String> files, StreamReport report) throws IOException {
        if (options.stats() > 0) {
            context.progress(Messages.percent(100));
        }
        long sum = 0;
        for (DatabaseFile file : database.files) {
            if (!file.log() && (statement.log() || !files.contains(file.logical()))) {
                continue; // BACKUP LOG lists the log file only
            }
            long pages = file.log() ? Math.max(1, report.logBytes() / DatabaseFile.PAGE)
                    : report.files().stream().filter(each -> each.logicalName().equals(file.logical()))
                            .mapToLong(each -> each.pagesInBackup()).sum();
            sum += pages;
            context.progress(Messages.pages(pages, database.name(), file.logical(), position));
        }
        return sum;
    }
}
