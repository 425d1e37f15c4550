package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.catalog.BackupContents;
import io.github.sqlvdi.emulator.internal.catalog.Catalog;
import io.github.sqlvdi.emulator.internal.catalog.Database;
import io.github.sqlvdi.emulator.internal.catalog.DatabaseFile;
import io.github.sqlvdi.emulator.internal.catalog.History;
import io.github.sqlvdi.emulator.internal.catalog.RestoredStream;
import io.github.sqlvdi.emulator.internal.language.RestoreStatement;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.mtf.HeaderColumns;
import io.github.sqlvdi.mtf.StreamReport;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Runs RESTORE DATABASE and RESTORE LOG from virtual devices (TDS reference 8.1, 8.4). */
final class RestoreRunner {

    private static final Set<String> OPTIONS = Set.of("CHECKSUM", "NO_CHECKSUM", "STOP_ON_ERROR",
            "CONTINUE_AFTER_ERROR",
            "MEDIANAME", "MEDIAPASSWORD", "UNLOAD", "NOUNLOAD", "FILE", "PASSWORD", "MOVE", "STATS", "REWIND",
            "NOREWIND",
            "BLOCKSIZE", "BUFFERCOUNT", "MAXTRANSFERSIZE", "KEEP_REPLICATION", "RECOVERY", "NORECOVERY", "STANDBY",
            "REPLACE", "RESTART", "RESTRICTED_USER", "STOPAT", "STOPATMARK", "STOPBEFOREMARK", "KEEP_CDC",
            "ENABLE_BROKER",
            "PARTIAL",
            "NEW_BROKER", "ERROR_BROKER_CONVERSATIONS", "SNAPSHOT", "METADATA_ONLY");

    private final RestoreStatement statement;
    private final StatementContext context;
    private final Faults faults;
    private final String name;
    private final boolean log;
    private final Options options;
    private final String target;
    private StopPoint stop;
    private RestoreParts part;
    private int position = 1;

    RestoreRunner(RestoreStatement statement, StatementContext context, Faults faults) {
        this.statement = statement;
        this.context = context;
        this.faults = faults;
        log = statement.kind() == RestoreStatement.Kind.LOG;
        name = log ? "RESTORE LOG" : "RESTORE DATABASE";
        options = new Options(name, statement.options(), context.evaluator());
        String wanted = context.evaluator().value(statement.database()).text();
        target = wanted == null ? "" : wanted;
    }

    void run() throws IOException {
        options.allowOnly(OPTIONS);
        if (log) {
            options.refuse("PARTIAL");
            if (!statement.parts().isEmpty()) {
                throw Messages.failure(name, Messages.unsupportedOption(statement.parts().getFirst().name()));
            }
        }
        part = RestoreParts.of(name, statement.parts(), options);
        if (context.session().database.equalsIgnoreCase(target)) {
            throw Messages.failure(name,
                    ServerMessage.error(3102, "RESTORE cannot process database '%s' because it is in use by "
                            + "this session. It is recommended that the master database be used when performing this operation.",
                            target));
        }
        if (statement.devices().isEmpty()) {
            recoverOnly();
            return;
        }
        stop = StopPoint.of(name, options, log);
        Media media = DeviceList.of(name, statement.devices(), context, false);
        position = ReadOnlyRestores.position(options, name, media);
        RestoreStreams streams = new RestoreStreams(context, faults, name, options, media.at(position));
        RestorePlan plan = new RestorePlan(media.count(), false, this::check);
        long begun = System.nanoTime();
        StreamReport report = streams.read(plan, true);
        finish(BackupContents.of(report), report, streams, System.nanoTime() - begun);
    }

    private void check(StreamReport report) {
        BackupContents contents = BackupContents.of(report);
        context.catalog().locked(all -> {
            check(all, contents);
            return null;
        });
        if (context.sessions().all().stream().anyMatch(each -> each.database.equalsIgnoreCase(target))) {
            throw new ServerError(Messages.inUse());
        }
    }

    private void check(Catalog all, BackupContents contents) {
        new RestoreChecks(all, target, options, part).check(contents, log);
        if (stop != null) {
            stop.check(begins(contents) ? null : all.find(target).orElse(null), contents);
        }
    }

    /** Whether the database is restored from this set on, whatever it was before. */
    private boolean begins(BackupContents contents) {
        return contents.beginsRestore() && !part.isOfFiles(contents);
    }

    /** RESTORE DATABASE x WITH RECOVERY. */
    private void recoverOnly() throws IOException {
        context.catalog().change(all -> {
            Database database = all.find(target).orElseThrow(() -> Messages.failure(name, Messages.noDatabase(target)));
            if (database.state != Database.State.RESTORING && !database.standby) {
                throw Messages.failure(name, ServerMessage.error(3153, "The database is already fully recovered."));
            }
            if (database.needsMoreLog() && !options.has("NORECOVERY")) {
                throw Messages.failure(name, ServerMessage.error(4331, "The database cannot be recovered because the "
                        + "files have been restored to inconsistent points in time."));
            }
            conclude(database, false);
            return null;
        });
        context.last(Messages.success(name, 0, 1_000_000));
    }

    private void finish(BackupContents contents, StreamReport report, RestoreStreams streams, long nanos)
            throws IOException {
        Database restored = context.catalog().change(all -> {
            // The end of the stream has the final numbers; the check before the data had the preliminary ones.
            try {
                check(all, contents);
            } catch (ServerError refused) {
                throw Messages.failure(name, refused.messages());
            }
            return store(all, contents, streams);
        });
        if (options.stats() > 0) {
            context.progress(Messages.percent(100));
        }
        long sum = 0;
        for (DatabaseFile file : restored.files) {
            if (!file.restored() || !takes(contents, file)) {
                continue;
            }
            long pages = file.log() ? Math.max(1, report.logBytes() / DatabaseFile.PAGE) : log ? 0
                    : contents.files().stream().filter(each -> each.logicalName().equals(file.logical()))
                            .mapToLong(each -> each.pages()).sum();
            sum += pages;
            context.progress(Messages.pages(pages, target, file.logical(), position));
        }
        if (waits(contents)) {
            context.progress(stop.waiting());
        }
        if (restored.needsMoreLog()) {
            context.progress(ServerMessage.info(4303,
                    "The roll forward start point is now at log sequence number (LSN) "
                            + "%s. Additional roll forward past LSN %s is required to complete the restore sequence.",
                    restored.redoLsn.toPlainString(), restored.consistentLsn.toPlainString()));
        }
        String shown = part.isOfFiles(contents) ? name + "...FILE=<name>" : name;
        context.last(Messages.success(shown, sum, nanos));
    }

    /** Whether the statement restores this file of the database. */
    private boolean takes(BackupContents contents, DatabaseFile file) {
        return contents.files().stream()
                .anyMatch(each -> each.logicalName().equals(file.logical()) && part.restores(each));
    }

    /** Whether the database must wait for a log that goes as far as the point where the restore stops. */
    private boolean waits(BackupContents contents) {
        return stop != null && !stop.isReached(contents);
    }

    private Database store(Catalog all, BackupContents contents, RestoreStreams streams) {
        Database database = all.find(target).orElse(null);
        if (begins(contents)) {
            database = database == null ? all.add(target, 1) : database;
            database.files = new RestoreChecks(all, target, options, part).files(contents);
            database.familyGuid = contents.family();
            database.databaseGuid = UUID.randomUUID();
            database.generated = null;
            database.hasBase = false;
            database.hasChain = false;
            database.restoredBase = contents.id();
            database.recoveryModel = contents.recoveryModelName();
            database.restored.clear();
            database.consistentLsn = null;
        }
        rollForward(database, contents);
        database.redoTime = contents.get(HeaderColumns.BACKUP_FINISH_DATE);
        for (RestoreTarget stripe : streams.targets()) {
            database.restored.add(new RestoredStream(contents.type(), stripe.device(), stripe.finish().length(),
                    HexFormat.of().formatHex(stripe.hash())));
        }
        conclude(database, waits(contents) || database.needsMoreLog());
        all.history().add(new History.Restore(all.history().nextRestore(), LocalDateTime.now(ZoneId.systemDefault()),
                target, context.session().login(), all.history().number(contents), letter(contents),
                options.has("REPLACE"), database.state == Database.State.ONLINE, streams.targets().size(),
                stop == null ? null : stop.time(), stop == null ? null : stop.mark(),
                stop != null && stop.isBeforeMark()));
        return database;
    }

    /** Restored files are older or newer than the others: log is needed from the oldest of them to the newest. */
    private void rollForward(Database database, BackupContents contents) {
        BigDecimal last = contents.lsn(HeaderColumns.LAST_LSN);
        if (!part.isOfFiles(contents)) {
            database.redoLsn = last;
            return;
        }
        BigDecimal others = database.redoLsn != null ? database.redoLsn : database.consistentLsn;
        database.redoLsn = others.min(last);
        database.consistentLsn =
                Stream.of(database.consistentLsn, others, last).filter(Objects::nonNull).max(BigDecimal::compareTo)
                        .get();
        database.files = database.files.stream().map(file -> takes(contents, file) ? file.inUse() : file).toList();
    }

    /** The kind of the restore in msdb.dbo.restorehistory. */
    private String letter(BackupContents contents) {
        return part.isOfFiles(contents) && !contents.type().isDifferential() ? "F"
                : contents.type().isDifferential() ? "I" : log ? "L" : "D";
    }

    /** NORECOVERY, STANDBY or recovery. */
    private void conclude(Database database, boolean waits) {
        boolean restoring = waits || options.has("NORECOVERY");
        database.state = restoring ? Database.State.RESTORING : Database.State.ONLINE;
        database.standby = options.has("STANDBY") && !waits;
        if (!restoring && !database.standby) {
            database.redoLsn = null;
            database.consistentLsn = null;
            database.redoTime = null;
            database.restoredBase = null;
            database.forkGuid = UUID.randomUUID();
        }
    }
}
