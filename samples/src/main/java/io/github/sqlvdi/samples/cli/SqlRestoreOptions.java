package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.jdbc.BackupSetFiles;
import io.github.sqlvdi.jdbc.ChainRestore;
import io.github.sqlvdi.jdbc.RestorePlan;
import io.github.sqlvdi.jdbc.ServerJob;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.StoredStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of a RESTORE that an SQL Server executes. */
final class SqlRestoreOptions extends SqlStatementOptions {

    /** What the database is after the restore; without it it can be used. */
    private static final class State {

        @Option(names = "--no-recovery", required = true,
                description = "Leave the database restoring, so that further backups can follow.")
        private boolean noRecovery;

        @Option(names = "--standby", required = true, paramLabel = "FILE",
                description = "Make the database readable, and let further logs follow. The server writes FILE.")
        private String undoFile;
    }

    /** Who decides about the places of files. */
    enum Move {
        AUTO, NONE
    }

    @Option(names = "--type", paramLabel = "TYPE",
            description = "What the backup is: full, diff or log. Without it the files say it themselves if there are "
                    + "several, and one is full. Files of several backups are restored in their order.")
    private SqlBackupOptions.Type type;

    @Option(names = "--move", paramLabel = "MODE", defaultValue = "auto",
            description = "auto: the files go where the server can have them. none: where the backup says. "
                    + "Default: ${DEFAULT-VALUE}.")
    private Move move;

    @Option(names = "--replace", description = "Replace an existing database.")
    private boolean replace;

    @ArgGroup
    private State state;

    @Option(names = "--stop-at", paramLabel = "TIME",
            description = "Restore up to this local time of the server, for example 2026-11-26T17:00:00.")
    private LocalDateTime stopAt;

    /** {@return whether the streams may be asked for their order: a chain of plans over pipe-like devices} */
    boolean mayBeChain(List<StoredStream> streams) {
        return sql().isEmpty() && type == null && streams.size() > 1;
    }

    /** Checks that the options are those of a chain, which a folder stands for. */
    void requireChain(CommandSpec spec, DeviceClass deviceClass, Integer devices) {
        String wrong = sql().isPresent() ? "--sql" : type != null ? "--type"
                : deviceClass != DeviceClass.PIPE ? "--class" : devices != null ? "--devices" : "";
        if (!wrong.isEmpty()) {
            throw new ParameterException(spec.commandLine(), wrong
                    + " and a folder: expected the files of one backup, or a folder whose backups say themselves what they are.");
        }
    }

    /** {@return the restore of several backup sets} */
    ChainRestore chain(CommandSpec spec, List<BackupSetFiles> sets) throws IOException {
        ChainRestore chain = server(spec).restoreChain(database()).add(sets)
                .plan(plan -> options().forEach(plan::with));
        if (stopAt != null) {
            chain.stopAt(stopAt);
        }
        if (replace) {
            chain.replace();
        }
        if (move == Move.NONE) {
            chain.keepPlaces();
        }
        if (state != null && state.noRecovery) {
            chain.noRecovery();
        } else if (state != null) {
            chain.standby(state.undoFile);
        }
        return chain;
    }

    /** {@return the restore of one backup set} */
    ServerJob job(CommandSpec spec, List<StoredStream> streams) throws IOException, SQLException {
        SqlServer server = server(spec);
        if (sql().isPresent()) {
            return server.statement(sql().get()).from(streams.stream().map(StoredStream::device).toList());
        }
        RestorePlan plan = plan(server);
        if (move == Move.AUTO && !isLog()) {
            plan.moveFiles();
        }
        return plan.from(streams.toArray(StoredStream[]::new));
    }

    /** {@return the restore of one backup set from tapes or disks} */
    ServerJob job(CommandSpec spec, DeviceClass deviceClass, List<Path> files) throws IOException {
        SqlServer server = server(spec);
        List<JobDevice> devices = files.stream().map(file -> deviceClass.reading(file, Optional.empty())).toList();
        if (sql().isPresent()) {
            return server.statement(sql().get()).from(devices);
        }
        if (move == Move.AUTO && !isLog()) {
            throw new ParameterException(spec.commandLine(),
                    "--move auto reads the file list of a backup of --class pipe: give --move none, and MOVE as --option.");
        }
        return plan(server).from(devices);
    }

    private boolean isLog() {
        return type == SqlBackupOptions.Type.LOG;
    }

    private RestorePlan plan(SqlServer server) {
        RestorePlan plan = server.restore(database());
        if (isLog()) {
            plan.log();
        }
        if (replace) {
            plan.replace();
        }
        if (state != null && state.noRecovery) {
            plan.noRecovery();
        } else if (state != null) {
            plan.standby(state.undoFile);
        }
        if (stopAt != null) {
            plan.stopAt(stopAt);
        }
        options().forEach(plan::with);
        return plan;
    }
}
