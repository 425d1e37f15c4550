package io.github.sqlvdi.samples.cli;

import com.microsoft.sqlserver.jdbc.SQLServerConnection;
import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.emulator.sqlserver.Encryption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code sqlvdi emulator statement}: one batch of T-SQL, executed by an emulated SQL Server of this process. */
@Command(name = "statement",
        mixinStandardHelpOptions = true,
        description = "Executes a T-SQL text with an emulated SQL Server of its own: waits for the client's device set that the "
                + "text names, and prints rows and messages as sqlcmd does. The exit code is 1 after an error.")
final class EmulatorStatementCommand implements Callable<Integer> {

    private static final Pattern DEVICE =
            Pattern.compile("VIRTUAL_DEVICE\\s*=\\s*N?'((?:[^']|'')+)'", Pattern.CASE_INSENSITIVE);
    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private EmulatorCommand emulator;

    @Mixin
    private CatalogOptions catalog;

    @Option(names = {"-w", "--wait"},
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait until a client has created the device set that the text names. Default: "
                    + "${DEFAULT-VALUE}.")
    private int wait;

    @Parameters(paramLabel = "TEXT", description = "The T-SQL text, for example \"BACKUP DATABASE sales TO "
            + "VIRTUAL_DEVICE = 'set1'\".")
    private String text;

    @Override
    public Integer call() throws Exception {
        if (wait < 0) {
            throw new ParameterException(spec.commandLine(), "--wait is " + wait + ": expected 0 or more seconds.");
        }
        try (EmulatedSqlServer server = catalog.of(EmulatedSqlServer.builder().encryption(Encryption.NONE)).start();
                SQLServerConnection connection =
                        DriverManager.getConnection(server.jdbcUrl()).unwrap(SQLServerConnection.class);
                Statement statement = connection.createStatement()) {
            EmulatorRunner runner = emulator.runner(spec);
            Runnable cancel = () -> cancel(statement);
            Matcher device = DEVICE.matcher(text);
            if (device.find()) {
                runner.awaitClient(device.group(1).replace("''", "'"), Duration.ofSeconds(wait), cancel);
            } else {
                runner.watch(cancel);
            }
            SqlcmdOutput output = new SqlcmdOutput(spec.commandLine().getOut());
            connection.setServerMessageHandler(output);
            output.execute(statement, text);
            return output.failed() ? FAILED : 0;
        }
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException ended) {
            return; // there is nothing to cancel any more
        }
    }
}
