package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.DeviceNames;
import io.github.sqlvdi.NameRules;
import io.github.sqlvdi.VdiConfig;
import java.time.Duration;
import java.util.UUID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that executes a statement. */
final class JobOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Option(names = {"-n", "--name"}, paramLabel = "NAME",
            description = "The name of the device set, 1 to 260 characters without a backslash. Default: a random one.")
    private String name;

    @Option(names = {"-c", "--class"}, paramLabel = "CLASS", defaultValue = "pipe",
            description = "The class of the devices: pipe, tape or disk. A restore needs the one of its backup. "
                    + "Default: ${DEFAULT-VALUE}.")
    private DeviceClass deviceClass;

    @Option(names = {"-p", "--progress"}, paramLabel = "MODE", defaultValue = "auto",
            description = "How progress is shown: auto, bar, plain or none. With auto it is a bar when standard error is "
                    + "a terminal, else lines. Default: ${DEFAULT-VALUE}.")
    private ProgressMode progress;

    @Option(names = {"-w", "--wait"},
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long the server may take to configure the device set. Default: ${DEFAULT-VALUE}.")
    private int wait;

    @Option(names = "--no-read-along",
            description = "Do not look into the streams. Else a backup whose stream is not whole is told, and a restore from "
                    + "streams that do not belong together is refused.")
    private boolean unread;

    /** Checks the values of the options; picocli checks only their types. */
    void validate() {
        server.validate(spec);
        if (name != null) {
            NameRules.problem(name).ifPresent(problem -> {
                throw new ParameterException(spec.commandLine(), "--name " + problem + ".");
            });
        }
        if (wait < 1) {
            throw new ParameterException(spec.commandLine(), "--wait is " + wait + ": expected 1 second or more.");
        }
    }

    /** Checks that the names of all devices, which are that of the set and a number, are short enough. */
    void validateNames(int devices) {
        try {
            DeviceNames.of(setName(), devices);
        } catch (IllegalArgumentException tooLong) {
            throw new ParameterException(spec.commandLine(), "--name: " + tooLong.getMessage() + ".", tooLong);
        }
    }

    /** Checks that no option was given that only a server in this process uses. */
    void requireNoServer() {
        server.requireNone(spec);
    }

    ServerOptions server() {
        return server;
    }

    Duration configurationTimeout() {
        return Duration.ofSeconds(wait);
    }

    String setName() {
        if (name == null) {
            name = "sqlvdi-" + UUID.randomUUID();
        }
        return name;
    }

    DeviceClass deviceClass() {
        return deviceClass;
    }

    ProgressMode progress() {
        return progress;
    }

    VdiConfig request(boolean removable) {
        return VdiConfig.builder().features(deviceClass.features(removable)).build();
    }

    boolean readAlong() {
        return !unread;
    }
}
