package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.emulator.EmulatedServer;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of an emulated server that runs in a process of its own. */
final class EmulatorOptions {

    private static final int MAX_NAME = 260;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = {"-n", "--name"},
            required = true,
            paramLabel = "NAME",
            description = "The name of the client's device set; its devices are NAME, NAME1, NAME2 ...")
    private String name;

    @Option(names = {"-w", "--wait"},
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait until a client has created the device set. Default: ${DEFAULT-VALUE}.")
    private int wait;

    @Option(names = "--log", description = "The statement is BACKUP LOG or RESTORE LOG. Default: one of a DATABASE.")
    private boolean log;

    @Mixin
    private ServerOptions server;

    /** Checks the values of the options; picocli checks only their types. */
    void validate() {
        server.validate(spec);
        if (name.isEmpty() || name.length() > MAX_NAME || name.indexOf('\\') >= 0) { // no client can create such a set
            throw new ParameterException(spec.commandLine(),
                    String.format(Locale.ROOT, "--name is \"%s\": expected 1 to %d characters without a backslash.",
                            name, MAX_NAME));
        }
        if (wait < 0) {
            throw new ParameterException(spec.commandLine(), "--wait is " + wait + ": expected 0 or more seconds.");
        }
    }

    String setName() {
        return name;
    }

    Duration patience() {
        return Duration.ofSeconds(wait);
    }

    EmulatedServer.Builder backup() {
        return named(EmulatedServer.backup(name));
    }

    EmulatedServer.Builder restore() {
        return named(EmulatedServer.restore(name));
    }

    private EmulatedServer.Builder named(EmulatedServer.Builder statement) {
        return server.of(log ? statement.log() : statement);
    }
}
