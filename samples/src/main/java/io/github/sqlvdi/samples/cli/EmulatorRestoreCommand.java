package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.emulator.EmulatedServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code sqlvdi emulator restore}: a server that stores the data of another process's devices. */
@Command(name = "restore",
        mixinStandardHelpOptions = true,
        description = "Executes RESTORE DATABASE: waits for the client's device set, reads its devices, stores what they "
                + "give, and says how the statement ended. The files appear only when it ended well.")
final class EmulatorRestoreCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private EmulatorCommand emulator;

    @Mixin
    private EmulatorOptions options;

    @Option(names = {"-l", "--length"},
            paramLabel = "SIZE",
            converter = ByteSize.Converter.class,
            description = "How long the stream of a device is; give it once for each device. Needed only for data "
                    + "that is no stream of SQL Server, on disks whose media are changed: the emulator finds the "
                    + "end of SQL Server's streams itself.")
    private List<ByteSize> lengths;

    @Option(names = "--force", description = "Replace files that exist.")
    private boolean force;

    @Parameters(arity = "1..*",
            paramLabel = "DATA",
            description = "The files for the streams, one for each device of the client; '-' is standard output.")
    private List<Path> targets;

    @Override
    public Integer call() throws Exception {
        options.validate();
        DeviceFiles.requireCount(spec, targets.size());
        StandardStreams.requireOnce(spec, targets);
        StandardStreams.keepWordsOutOf(spec, targets);
        DeviceFiles.requireWritable(targets, List.of(), force);
        EmulatedServer.Builder statement = options.restore();
        if (lengths != null) {
            DeviceFiles.requireOneEach(spec, "--length sizes", lengths, targets.size());
            statement.streamLengths(lengths.stream().mapToLong(ByteSize::bytes).toArray());
        }
        try (TargetFiles files = TargetFiles.create(targets, force)) {
            files.channels().forEach(statement::target);
            emulator.runner(spec).execute("RESTORE DATABASE", statement.build(), options);
            files.keep();
        }
        return 0;
    }
}
