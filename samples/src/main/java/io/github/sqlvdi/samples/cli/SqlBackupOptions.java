package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.jdbc.BackupPlan;
import io.github.sqlvdi.jdbc.ServerJob;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.stream.JobDevice;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of a BACKUP that an SQL Server executes. */
final class SqlBackupOptions extends SqlStatementOptions {

    /** The kinds of backups. */
    enum Type {
        FULL, DIFF, LOG
    }

    @Option(names = "--type", paramLabel = "TYPE", defaultValue = "full",
            description = "full, diff or log. Default: ${DEFAULT-VALUE}.")
    private Type type;

    ServerJob job(CommandSpec spec, Supplier<List<JobDevice>> devices) throws IOException {
        SqlServer server = server(spec);
        if (sql().isPresent()) {
            return server.statement(sql().get()).to(devices.get());
        }
        BackupPlan plan = server.backup(database());
        if (type == Type.LOG) {
            plan.log();
        } else if (type == Type.DIFF) {
            plan.differential();
        }
        options().forEach(plan::with);
        return plan.to(devices);
    }
}
