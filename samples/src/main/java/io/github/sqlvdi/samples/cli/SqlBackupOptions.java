package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.jdbc.BackupPlan;
import io.github.sqlvdi.jdbc.ServerJob;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.stream.JobDevice;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of a BACKUP that an SQL Server executes. */
final class SqlBackupOptions extends SqlLogin {

    /** The kinds of backups. */
    enum Type {
        FULL, DIFF, LOG
    }

    @ArgGroup(multiplicity = "1")
    private StatementChoice statement;

    @Option(names = "--type", paramLabel = "TYPE", defaultValue = "full",
            description = "full, diff or log. Default: ${DEFAULT-VALUE}.")
    private Type type;

    @Option(names = "--option", paramLabel = "TEXT",
            description = "An option of BACKUP in T-SQL, such as CHECKSUM or \"NAME = N'nightly'\"; may be given again.")
    private List<String> options = List.of();

    ServerJob job(CommandSpec spec, Supplier<List<JobDevice>> devices) throws IOException {
        SqlServer server = server(spec);
        if (statement.sql().isPresent()) {
            return server.statement(statement.sql().get()).to(devices.get());
        }
        BackupPlan plan = server.backup(statement.database());
        if (type == Type.LOG) {
            plan.log();
        } else if (type == Type.DIFF) {
            plan.differential();
        }
        options.forEach(plan::with);
        return plan.to(devices);
    }
}
