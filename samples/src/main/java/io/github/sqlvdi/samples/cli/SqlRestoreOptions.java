package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.jdbc.RestorePlan;
import io.github.sqlvdi.jdbc.ServerJob;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.stream.JobDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of a RESTORE that an SQL Server executes. */
final class SqlRestoreOptions extends SqlLogin {

    /** Who decides about the places of files. */
    enum Move {
        AUTO, NONE
    }

    @ArgGroup(multiplicity = "1")
    private What what;

    @Option(names = "--type", paramLabel = "TYPE", defaultValue = "full",
            description = "What the backup is: full, diff or log. Default: ${DEFAULT-VALUE}.")
    private SqlBackupOptions.Type type;

    @Option(names = "--move", paramLabel = "MODE", defaultValue = "auto",
            description = "auto: the files go where the server can have them. none: where the backup says. "
                    + "Default: ${DEFAULT-VALUE}.")
    private Move move;

    @Option(names = "--replace", description = "Replace an existing database.")
    private boolean replace;

    @Option(names = "--no-recovery", description = "Leave the database restoring, so that further backups can follow.")
    private boolean noRecovery;

    @Option(names = "--stop-at", paramLabel = "TIME",
            description = "Restore up to this local time of the server, for example 2026-11-26T17:00:00.")
    private LocalDateTime stopAt;

    @Option(names = "--option", paramLabel = "TEXT", description = "An option of RESTORE in T-SQL; may be given again.")
    private List<String> options = List.of();

    /** The database, or a text. */
    private static final class What {

        @Option(names = "--database", paramLabel = "NAME", description = "The name that the restored database gets.")
        private String database;

        @Option(names = "--sql", paramLabel = "TEXT",
                description = "A RESTORE in T-SQL, with '{devices}' in the place of its devices.")
        private String sql;
    }

    ServerJob job(CommandSpec spec, List<Path> files, DeviceClass deviceClass) throws IOException, SQLException {
        SqlServer server = server(spec);
        List<JobDevice> devices = files.stream().map(deviceClass::reading).toList();
        if (what.sql != null) {
            return server.statement(what.sql).from(devices);
        }
        RestorePlan plan = server.restore(what.database);
        boolean log = type == SqlBackupOptions.Type.LOG;
        if (log) {
            plan.log();
        }
        if (replace) {
            plan.replace();
        }
        if (noRecovery) {
            plan.noRecovery();
        }
        if (stopAt != null) {
            plan.stopAt(stopAt);
        }
        options.forEach(plan::with);
        if (log || move == Move.NONE) {
            return plan.from(devices);
        }
        if (deviceClass != DeviceClass.PIPE || files.stream().anyMatch(StandardStreams::isStandard)) {
            throw new ParameterException(spec.commandLine(),
                    "--move auto reads the file list of a file of --class pipe: give --move none, and MOVE as --option.");
        }
        return plan.moveFiles().from(files.toArray(Path[]::new));
    }
}
