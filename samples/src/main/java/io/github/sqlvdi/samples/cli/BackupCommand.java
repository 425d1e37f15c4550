package io.github.sqlvdi.samples.cli;

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

/**
 * {@code sqlvdi backup}: backs up recorded or generated streams into files, through the server and the client of a set.
 */
@Command(name = "backup", mixinStandardHelpOptions = true,
        description = "Backs up a database of an SQL Server (--url), or recorded or generated data that the emulated server "
                + "writes to virtual devices. The backup files appear only when the server's verdict is good.")
final class BackupCommand implements Callable<Integer> {

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

    @Mixin
    private MediaOptions media;

    @Mixin
    private EncodingOptions encoding;

    @Option(names = "--force", description = "Replace backup files that exist.")
    private boolean force;

    @Parameters(arity = "1..*", paramLabel = "BACKUP", converter = StorePath.Converter.class,
            description = "The backup files, or places in a store (s3://bucket/key), one for each device; '-' is standard output. A "
                    + "single one stands for BACKUP.1, BACKUP.2 ... when there are more devices, or has {stripe} for the number.")
    private List<Path> backups;

    /** The source of the data. */
    private static final class Data {

        @Option(names = {"-f", "--from"}, paramLabel = "DATA",
                description = "A recorded stream of a device, '-' for standard input; give it once for each device.")
        private List<Path> files;

        @Option(names = {"-g", "--generate"}, paramLabel = "SIZE", converter = ByteSize.Converter.class,
                description = "Generate that much data, over all devices; always the same.")
        private ByteSize size;

        @Option(names = {"-x", "--external-server"},
                description = "What a server in another process writes, for example that of 'sqlvdi emulator backup': "
                        + "it executes the statement, and it alone knows how the statement ended.")
        private boolean external;

        @ArgGroup(exclusive = false, heading = "An SQL Server on this computer executes the statement:%n")
        private SqlBackupOptions server;
    }

    private void backupOnServer(JobRunner runner, List<Path> targets) throws Exception {
        if (!data.server.json()) {
            runner.backupOnServer(data.server, targets, media.mediaSize(), force, Optional.empty());
            return;
        }
        StandardStreams.requireFreeForJson(spec, targets);
        JsonOutput json = JsonOutput.of(spec);
        json.run(() -> {
            runner.backupOnServer(data.server, targets, media.mediaSize(), force, Optional.of(json));
            return null;
        });
    }

    @Override
    public Integer call() throws Exception {
        options.validate();
        media.validate(options.deviceClass());
        Optional<Pipeline> pipeline = encoding.pipeline(options.deviceClass());
        try {
            return backUp(pipeline);
        } finally {
            pipeline.ifPresent(Pipeline::close);
        }
    }

    private int backUp(Optional<Pipeline> pipeline) throws Exception {
        List<Path> targets = EncodingOptions.named(DeviceFiles.forDevices(spec, backups, devices), pipeline);
        options.validateNames(targets.size());
        List<Path> inputs = data.files == null ? List.of() : data.files;
        StandardStreams.requireOnce(spec, inputs);
        options.deviceClass().requireNoStandardStream(spec, targets);
        StandardStreams.keepWordsOutOf(spec, targets);
        if (data.files != null) {
            DeviceFiles.requireOneEach(spec, "--from files", data.files, targets.size());
            DeviceFiles.requireReadable(data.files);
        }
        DeviceFiles.requireWritable(targets, inputs, force);
        if (options.deviceClass() != DeviceClass.PIPE) {
            DeviceFiles.requireFreeMedia(targets, inputs);
        }
        JobRunner runner = sqlvdi.runner(spec, options).through(pipeline);
        if (data.external) {
            options.requireNoServer();
            runner.backupExternally(targets, media.mediaSize(), force);
            return 0;
        }
        if (data.server != null) {
            options.requireNoServer();
            backupOnServer(runner, targets);
            return 0;
        }
        try (DataStreams streams = data.files != null
                ? DataStreams.ofFiles(data.files)
                : DataStreams.generated(data.size.bytes(), targets.size())) {
            runner.backup(streams, targets, media.mediaSize(), force);
        }
        return 0;
    }
}
