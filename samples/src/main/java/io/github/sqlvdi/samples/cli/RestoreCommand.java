package io.github.sqlvdi.samples.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code sqlvdi restore}: restores backup files into files, through the client and the server of a set. */
@Command(name = "restore", mixinStandardHelpOptions = true,
        description = "Restores backup files to a database of an SQL Server (--url), or to files that the emulated server "
                + "writes. The restored files appear only when the server's verdict is good.")
final class RestoreCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private SqlVdi sqlvdi;

    @Mixin
    private JobOptions options;

    @ArgGroup(multiplicity = "1")
    private Data data;

    @Option(names = {"-d", "--devices"}, paramLabel = "COUNT",
            description = "How many devices, 1 to 64. Default: one for each backup file.")
    private Integer devices;

    @Option(names = "--force", description = "Replace restored files that exist.")
    private boolean force;

    @Parameters(arity = "1..*", paramLabel = "BACKUP",
            description = "The backup files, one for each device; '-' is standard input. A single one stands for BACKUP.1, BACKUP.2 ... when "
                    + "there are more devices.")
    private List<Path> backups;

    /** The target of the data. */
    private static final class Data {

        @Option(names = {"-o", "--to"},
                paramLabel = "DATA",
                description = "The file for the stream of a device, '-' for standard output; give it once for each device.")
        private List<Path> files;

        @Option(names = {"-x", "--external-server"},
                description = "To a server in another process, for example that of 'sqlvdi emulator restore': it "
                        + "executes the statement, and it alone knows how the statement ended.")
        private boolean external;

        @ArgGroup(exclusive = false, heading = "An SQL Server on this computer executes the statement:%n")
        private SqlRestoreOptions server;
    }

    @Override
    public Integer call() throws Exception {
        options.validate();
        List<Path> inputs = DeviceFiles.forDevices(spec, backups, devices);
        options.validateNames(inputs.size());
        options.deviceClass().requireNoStandardStream(spec, inputs);
        JobRunner runner = sqlvdi.runner(spec, options);
        if (data.external) {
            options.requireNoServer();
            DeviceFiles.requireReadable(inputs);
            runner.restoreExternally(inputs);
            return 0;
        }
        if (data.server != null) {
            options.requireNoServer();
            DeviceFiles.requireReadable(inputs);
            runner.restoreOnServer(data.server, inputs);
            return 0;
        }
        DeviceFiles.requireOneEach(spec, "--to files", data.files, inputs.size());
        StandardStreams.requireOnce(spec, data.files);
        StandardStreams.keepWordsOutOf(spec, data.files);
        DeviceFiles.requireReadable(inputs);
        DeviceFiles.requireWritable(data.files, inputs, force);
        try (TargetFiles files = TargetFiles.create(data.files, force)) {
            runner.restore(inputs, files.channels());
            files.keep();
        }
        return 0;
    }
}
