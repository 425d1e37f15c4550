package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.jdbc.BrokenChainException;
import io.github.sqlvdi.jdbc.IncompleteBackupException;
import io.github.sqlvdi.stream.Pipeline;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
                + "writes. The restored files appear only when the server's verdict is good. With --url the files may be those "
                + "of a full backup, a differential and logs, in any order: they say themselves what they are.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the server's verdict is good, or an external server closed all devices",
            "1:the command failed", "2:the command line is wrong",
            "3:a backup or a stripe is missing or not whole; nothing was restored", "130:interrupted"})
final class RestoreCommand implements Callable<Integer> {

    private static final int NO_CHAIN = 3;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private SqlVdi sqlvdi;

    @Mixin
    private JobOptions options;

    @Mixin
    private DecodingOptions decoding;

    @ArgGroup(multiplicity = "1")
    private Data data;

    @Option(names = {"-d", "--devices"}, paramLabel = "COUNT",
            description = "How many devices, 1 to 64. Default: one for each backup file.")
    private Integer devices;

    @Option(names = "--force", description = "Replace restored files that exist.")
    private boolean force;

    @Parameters(arity = "1..*", paramLabel = "BACKUP", converter = StorePath.Converter.class,
            description = "The backup files, or places in a store (s3://bucket/key), one for each device; '-' is standard input. A "
                    + "single one stands for BACKUP.1, BACKUP.2 ... when there are more devices, or has {stripe} for the number. "
                    + "With --url a folder, or s3://bucket/prefix/, stands for the backups in it that have a manifest. "
                    + "Compressed and encrypted backups are known by their content.")
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

    private int restoreOnServer(JobRunner runner, List<Path> inputs, boolean fromFolder) throws Exception {
        Optional<JsonOutput> json = data.server.json() ? Optional.of(JsonOutput.of(spec)) : Optional.empty();
        Callable<Void> work = () -> {
            if (fromFolder) {
                List<Path> files = ChainFiles.below(inputs, spec.commandLine().getErr());
                DeviceFiles.requireReadable(files);
                runner.restoreFromFolder(data.server, files, json);
                return null;
            }
            DeviceFiles.requireReadable(inputs);
            runner.restoreOnServer(data.server, inputs, json);
            return null;
        };
        try {
            if (json.isPresent()) {
                json.get().run(work);
            } else {
                work.call();
            }
            return 0;
        } catch (BrokenChainException | IncompleteBackupException broken) {
            spec.commandLine().getErr().println("sqlvdi: " + FailureWords.of(broken));
            return NO_CHAIN;
        }
    }

    @Override
    public Integer call() throws Exception {
        options.validate();
        try (Pipeline pipeline = decoding.pipeline(spec.commandLine().getErr())) {
            return restore(pipeline);
        }
    }

    private int restore(Pipeline pipeline) throws Exception {
        boolean fromFolder = data.server != null && ChainFiles.haveFolder(backups);
        if (fromFolder) {
            data.server.requireChain(spec, options.deviceClass(), devices);
        }
        List<Path> inputs = fromFolder ? backups : DeviceFiles.forDevices(spec, backups, devices);
        options.validateNames(inputs.size());
        options.deviceClass().requireNoStandardStream(spec, inputs);
        JobRunner runner = sqlvdi.runner(spec, options).through(Optional.of(pipeline));
        if (data.external) {
            options.requireNoServer();
            DeviceFiles.requireReadable(inputs);
            runner.restoreExternally(inputs);
            return 0;
        }
        if (data.server != null) {
            options.requireNoServer();
            return restoreOnServer(runner, inputs, fromFolder);
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
