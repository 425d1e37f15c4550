package io.github.sqlvdi.benchmarks;

import io.github.sqlvdi.benchmarks.backup.BackupCommand;
import io.github.sqlvdi.benchmarks.ipc.IpcCommand;
import io.github.sqlvdi.benchmarks.jobs.JobsCommand;
import io.github.sqlvdi.benchmarks.pipeline.PipelineCommand;
import io.github.sqlvdi.benchmarks.result.CompareCommand;
import io.github.sqlvdi.benchmarks.result.ReportCommand;
import io.github.sqlvdi.benchmarks.server.ServerCommand;
import io.github.sqlvdi.benchmarks.tune.TuneCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of {@code benchmarks.jar}: sub-commands of its own, and JMH's command line for everything else. */
@Command(name = "benchmarks.jar", customSynopsis = {"java -jar benchmarks.jar COMMAND [OPTIONS]",
    "      java -jar benchmarks.jar [JMH's OPTIONS] [REGULAR EXPRESSION...]"},
        description = "Measures a VDI path. COMMAND --help tells the options of a command. Without a command, JMH runs the "
                + "benchmarks whose names match an expression.",
        subcommands = {AllCommand.class, IpcCommand.class, BackupCommand.class, PipelineCommand.class,
            ServerCommand.class,
            TuneCommand.class, JobsCommand.class,
            SetsCommand.class, CallsCommand.class, ReportCommand.class, CompareCommand.class})
public final class Main {

    /** Kept, because the log manager forgets a logger that nothing refers to. */
    private static final Logger LOG = Logger.getLogger("io.github.sqlvdi");
    private static final Set<String> HELP = Set.of("-h", "-help", "--help", "help");

    private Main() {
    }

    /**
     * Runs the sub-command that the first argument names, otherwise JMH. The help lists the sub-commands before JMH's
     * options.
     *
     * @param arguments a sub-command with its options, or JMH's options
     * @throws IOException if JMH cannot write its result
     */
    public static void main(String[] arguments) throws IOException {
        CommandLine own = new CommandLine(new Main());
        Set<String> names = own.getSubcommands().keySet();
        if (arguments.length > 0 && names.contains(arguments[0])) {
            if (System.getProperty("java.util.logging.config.file") == null) {
                LOG.setLevel(Level.WARNING); // two lines for each of hundreds of jobs would be measured too
            }
            own.setCaseInsensitiveEnumValuesAllowed(true);
            own.setExecutionExceptionHandler(Main::failed);
            System.exit(own.execute(arguments));
        }
        if (arguments.length > 0 && HELP.contains(arguments[0])) {
            own.usage(System.out);
            System.out.printf(Locale.ROOT, "%nOptions of JMH:%n%n");
            org.openjdk.jmh.Main.main(new String[]{"-h"});
            return;
        }
        List<String> withProbe = new ArrayList<>(List.of(arguments));
        withProbe.addAll(List.of("-prof", CpuProbe.class.getName()));
        org.openjdk.jmh.Main.main(withProbe.toArray(String[]::new));
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
