package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.samples.ChildJvm;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line. Runs the subcommand and reports failures in words. */
@Command(name = "sqlvdi", mixinStandardHelpOptions = true, versionProvider = SqlVdi.Version.class,
        description = "Backups and restores through the Virtual Device Interface of SQL Server. With --url an SQL Server on "
                + "this computer executes the statement; without it the server's part is played by an emulator.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the server's verdict is good, or an external server closed all devices",
            "1:the command failed", "2:the command line is wrong", "130:interrupted"})
public final class SqlVdi implements Runnable {

    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT,
            description = "Also print the stack traces of failures.")
    private boolean stackTrace;

    private final Interruption interruption;

    private SqlVdi(Interruption interruption) {
        this.interruption = interruption;
    }

    /**
     * Runs the command line and ends the JVM with its exit code.
     *
     * @param arguments the subcommand with its options
     */
    public static void main(String... arguments) {
        Locale.setDefault(Locale.ROOT); // numbers look the same everywhere
        Logger.getLogger("").setLevel(Level.SEVERE); // the result reports what the user needs
        Interruption interruption = new Interruption();
        interruption.listen();
        ChildJvm.endWithParent();
        int exitCode;
        try {
            String[] restored = WindowsArguments.restore(arguments);
            exitCode = execute(commandLine(interruption, restored), restored);
        } finally { // after an Error too: the shutdown hook must not wait
            interruption.commandEnded();
        }
        System.exit(exitCode);
    }

    /** Runs the command. A command whose output could not be written has failed. */
    private static int execute(CommandLine line, String... arguments) {
        int exitCode = line.execute(arguments);
        if (exitCode == 0 && System.out.checkError()) {
            line.getErr().println("sqlvdi: Standard output could not be written.");
            return FAILED;
        }
        return exitCode;
    }

    /** {@return the command line with the subcommand that the arguments name, or with all where they name none} */
    static CommandLine commandLine(Interruption interruption, String... arguments) {
        SqlVdi sqlvdi = new SqlVdi(interruption);
        CommandLine line = new CommandLine(sqlvdi);
        Subcommands.add(line, arguments);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler(SqlVdi::usageFailure);
        line.setExecutionExceptionHandler(sqlvdi::executionFailure);
        CommandLine explain = line.getSubcommands().get("explain");
        if (explain != null) {
            explain.setUnmatchedOptionsArePositionalParams(true); // -2139684860 is a code, not an option
        }
        return line;
    }

    /** Rejects a command line without a subcommand. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(),
                "A command is missing: expected one of " + String.join(", ", spec.subcommands().keySet()) + ".");
    }

    JobRunner runner(CommandSpec command, JobOptions options) {
        return new JobRunner(command, interruption, options);
    }

    EmulatorRunner emulatorRunner(CommandSpec command) {
        return new EmulatorRunner(command, interruption);
    }

    /** Sets the action that runs when the user interrupts the program. */
    void watch(Runnable cancel) {
        interruption.watch(cancel);
    }

    private static int usageFailure(ParameterException failure, String[] arguments) {
        CommandLine line = failure.getCommandLine();
        line.getErr().println("sqlvdi: " + failure.getMessage().replaceFirst("^Error: ", ""));
        CommandLine.UnmatchedArgumentException.printSuggestions(failure, line.getErr());
        line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }

    private int executionFailure(Exception failure, CommandLine line, ParseResult arguments) {
        line.getErr().println("sqlvdi: " + FailureWords.of(failure));
        if (stackTrace) {
            failure.printStackTrace(line.getErr());
        }
        return line.getCommandSpec().exitCodeOnExecutionException();
    }

    /** Reads the version from the manifest of the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = SqlVdi.class.getPackage().getImplementationVersion();
            return new String[]{"sqlvdi " + (version != null ? version : "(not packaged)"),
                "Java " + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch")};
        }
    }
}
