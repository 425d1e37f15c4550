package io.github.sqlvdi.samples.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code sqlvdi emulator}: SQL Server's part of a statement, in a process of its own. */
@Command(name = "emulator",
        mixinStandardHelpOptions = true,
        subcommands = {EmulatorBackupCommand.class, EmulatorRestoreCommand.class, EmulatorStatementCommand.class},
        description = "Plays SQL Server's part of one statement for a client in another process: for "
                + "'sqlvdi backup --external-server', or for a program of your own. The client goes first or within "
                + "--wait seconds.")
final class EmulatorCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private SqlVdi sqlvdi;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(),
                "A statement is missing: expected one of " + String.join(", ", spec.subcommands().keySet()) + ".");
    }

    EmulatorRunner runner(CommandSpec command) {
        return sqlvdi.emulatorRunner(command);
    }
}
