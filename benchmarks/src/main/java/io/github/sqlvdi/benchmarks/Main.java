package io.github.sqlvdi.benchmarks;

import io.github.sqlvdi.benchmarks.backup.BackupCommand;
import io.github.sqlvdi.benchmarks.ipc.IpcCommand;
import io.github.sqlvdi.benchmarks.result.CompareCommand;
import io.github.sqlvdi.benchmarks.result.ReportCommand;
import java.io.IOException;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of {@code benchmarks.jar}: sub-commands of its own, and JMH's command line for everything else. */
@Command(name = "benchmarks.jar",
        subcommands = {IpcCommand.class, BackupCommand.class, SetsCommand.class, ReportCommand.class,
            CompareCommand.class})
public final class Main {

    private Main() {
    }

    /**
     * Runs the sub-command that the first argument names, otherwise JMH.
     *
     * @param arguments a sub-command with its options, or JMH's options
     * @throws IOException if JMH cannot write its result
     */
    public static void main(String[] arguments) throws IOException {
        CommandLine own = new CommandLine(new Main());
        Set<String> names = own.getSubcommands().keySet();
        if (arguments.length > 0 && names.contains(arguments[0])) {
            own.setCaseInsensitiveEnumValuesAllowed(true);
            own.setExecutionExceptionHandler(Main::failed);
            System.exit(own.execute(arguments));
        }
        org.openjdk.jmh.Main.main(arguments);
    }

    /** Prints an expected failure in one line, any other failure with its stack trace. */
    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
        if (failure instanceof IOException || failure instanceof UnsupportedOperationException) {
            command.getErr().println("benchmarks.jar " + command.getCommandName() + ": " + failure.getMessage());
        } else {
            failure.printStackTrace(command.getErr());
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
