package io.github.sqlvdi.samples.cli;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * The subcommands of {@code sqlvdi} by their names. picocli reads the annotations of each subcommand that it gets, and
 * for all of them that takes longer than most commands run. So a command line that names one gets that one only.
 */
final class Subcommands {

    private static final List<String> NAMES = List.of("backup", "restore", "demo", "emulator", "server", "header",
            "files", "verify", "sets", "multiprocess", "inspect", "list", "prune", "explain", "doctor");

    private Subcommands() {
    }

    /**
     * Adds the subcommand that the arguments name, or all of them where the arguments name none: help and the message
     * about an unknown word list all.
     */
    static void add(CommandLine line, String... arguments) {
        // The options before a subcommand have no values.
        Stream.of(arguments).filter(argument -> !argument.startsWith("-")).findFirst().filter(NAMES::contains)
                .map(List::of).orElse(NAMES).forEach(name -> line.addSubcommand(name, subcommand(name)));
    }

    private static Object subcommand(String name) {
        return switch (name) {
            case "backup" -> new BackupCommand();
            case "restore" -> new RestoreCommand();
            case "demo" -> new DemoCommand();
            case "emulator" -> new EmulatorCommand();
            case "server" -> new ServerCommand();
            case "header" -> new ServerQueryCommand.Header();
            case "files" -> new ServerQueryCommand.DatabaseFiles();
            case "verify" -> new ServerQueryCommand.Verify();
            case "sets" -> new SetsCommand();
            case "multiprocess" -> new MultiProcessCommand();
            case "inspect" -> new InspectCommand();
            case "list" -> new ListCommand();
            case "prune" -> new PruneCommand();
            case "explain" -> new ExplainCommand();
            case "doctor" -> new DoctorCommand();
            default -> throw new IllegalArgumentException(name);
        };
    }
}
