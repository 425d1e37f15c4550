package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.jdbc.ServerJob;
import io.github.sqlvdi.jdbc.ServerRow;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.Pipeline;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands that let an SQL Server read a backup: {@code sqlvdi header}, {@code files} and {@code verify}. */
abstract class ServerQueryCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private SqlLogin login;

    @Mixin
    private DecodingOptions decoding;

    @Parameters(arity = "1..*", paramLabel = "BACKUP", converter = StorePath.Converter.class,
            description = "The backup files, or places in a store (s3://bucket/key), one for each device.")
    private List<Path> backups;

    /** Null without {@code --json}. */
    private JsonOutput json;

    abstract void ask(SqlServer server, Supplier<List<JobDevice>> devices) throws Exception;

    @Override
    public final Integer call() throws Exception {
        if (!login.json()) {
            ask();
            return 0;
        }
        json = JsonOutput.of(spec);
        json.run(this::ask);
        return 0;
    }

    private Void ask() throws Exception {
        DeviceFiles.requireReadable(backups);
        try (Pipeline pipeline = decoding.pipeline(spec.commandLine().getErr())) {
            ask(login.server(spec), () -> backups.stream()
                    .map(backup -> DeviceClass.PIPE.reading(backup, Optional.of(pipeline))).toList());
        }
        return null;
    }

    /** Prints rows as JSON or as lines. */
    final void show(List<ServerRow> rows) {
        if (json != null) {
            json.print(ServerJson.rows(rows));
        } else {
            print(rows);
        }
    }

    /** Prints a line for each column that has a value, and an empty line between rows. */
    private void print(List<ServerRow> rows) {
        for (ServerRow row : rows) {
            if (row != rows.getFirst()) {
                say("");
            }
            for (String column : row.columns()) {
                Optional<Object> value = row.get(column);
                value.ifPresent(each -> say(String.format(Locale.ROOT, "%-24s %s", column,
                        SetReport.printable(each.toString()))));
            }
        }
    }

    /** Prints the result of a statement if JSON is wanted. */
    final void finish(String text, JobResult result) {
        if (json != null) {
            json.print(ServerJson.of(List.of(ServerJson.of(text, backups, result)), result.good()));
        }
    }

    final void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    /** {@code sqlvdi header}. */
    @Command(name = "header", mixinStandardHelpOptions = true,
            description = "Lets an SQL Server print the headers of the backup sets on a medium (RESTORE HEADERONLY).")
    static final class Header extends ServerQueryCommand {
        @Override
        void ask(SqlServer server, Supplier<List<JobDevice>> devices) throws Exception {
            show(server.headerOnly(devices));
        }
    }

    /** {@code sqlvdi files}. */
    @Command(name = "files", mixinStandardHelpOptions = true,
            description = "Lets an SQL Server print the files of the database in a backup (RESTORE FILELISTONLY).")
    static final class DatabaseFiles extends ServerQueryCommand {
        @Override
        void ask(SqlServer server, Supplier<List<JobDevice>> devices) throws Exception {
            show(server.fileListOnly(devices));
        }
    }

    /** {@code sqlvdi verify}. */
    @Command(name = "verify", mixinStandardHelpOptions = true,
            description = "Lets an SQL Server read a whole backup and check it (RESTORE VERIFYONLY).")
    static final class Verify extends ServerQueryCommand {
        @Override
        void ask(SqlServer server, Supplier<List<JobDevice>> devices) throws Exception {
            ServerJob job = server.verifyOnly(devices);
            JobResult result = job.run();
            finish(job.text(), result);
            result.orThrow().verdict().orElseThrow().messages().forEach(message -> say(message.text()));
        }
    }
}
