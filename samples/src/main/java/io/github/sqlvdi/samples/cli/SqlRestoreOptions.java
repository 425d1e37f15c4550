package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.jdbc.BackupSetFiles;
import io.github.sqlvdi.jdbc.ChainRestore;
import io.github.sqlvdi.jdbc.RestorePlan;
import io.github.sqlvdi.jdbc.ServerJob;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of a RESTORE that an SQL Server executes. */
final class SqlRestoreOptions extends SqlLogin {

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

    @ArgGroup(multiplicity = "1")
    private StatementChoice statement;

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

    @Option(names = "--option", paramLabel = "TEXT", description = "An option of RESTORE in T-SQL; may be given again.")
    private List<String> options = List.of();

    /** {@return whether the streams may be asked for their order: a chain of plans over plain files} */
    boolean mayBeChain(List<Path> files, DeviceClass deviceClass) throws IOException {
        for (Path file : files) {
            if (StorePath.isStore(file) || DeviceClass.isEncoded(file)) {
                return false;
            }
        }
        return statement.sql().isEmpty() && type == null && files.size() > 1 && deviceClass == DeviceClass.PIPE
                && files.stream().noneMatch(StandardStreams::isStandard);
    }

    /** {@return the restore of several backup sets} */
    ChainRestore chain(CommandSpec spec, List<BackupSetFiles> sets) throws IOException {
        ChainRestore chain = server(spec).restoreChain(statement.database()).add(sets)
                .plan(plan -> options.forEach(plan::with));
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

    ServerJob job(CommandSpec spec, List<Path> files, DeviceClass deviceClass, Optional<Pipeline> pipeline)
            throws IOException, SQLException {
        SqlServer server = server(spec);
        List<JobDevice> devices = files.stream().map(file -> deviceClass.reading(file, pipeline)).toList();
        if (statement.sql().isPresent()) {
            return server.statement(statement.sql().get()).from(devices);
        }
        RestorePlan plan = server.restore(statement.database());
        boolean log = type == SqlBackupOptions.Type.LOG;
        if (log) {
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
        options.forEach(plan::with);
        if (log || move == Move.NONE) {
            return plan.from(devices);
        }
        if (deviceClass != DeviceClass.PIPE || files.stream().anyMatch(StandardStreams::isStandard)
                || files.stream().anyMatch(StorePath::isStore)) {
            throw new ParameterException(spec.commandLine(),
                    "--move auto reads the file list of a file of --class pipe: give --move none, and MOVE as --option.");
        }
        for (Path file : files) {
            if (DeviceClass.isEncoded(file)) {
                throw new ParameterException(spec.commandLine(), String.format(Locale.ROOT,
                        "--move auto reads the file list of a plain file, but %s is compressed or encrypted: give --move none, "
                                + "and MOVE as --option.",
                        file));
            }
        }
        return plan.moveFiles().from(files.toArray(Path[]::new));
    }
}
