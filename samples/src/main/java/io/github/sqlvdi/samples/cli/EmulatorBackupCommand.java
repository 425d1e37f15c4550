package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.emulator.EmulatedServer;
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

/** {@code sqlvdi emulator backup}: a server that writes recorded or generated streams to another process's devices. */
@Command(name = "backup",
        mixinStandardHelpOptions = true,
        description = "Executes BACKUP DATABASE: waits for the client's device set, writes recorded or generated data to "
                + "its devices, and says how the statement ended.")
final class EmulatorBackupCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private EmulatorCommand emulator;

    @Mixin
    private EmulatorOptions options;

    @ArgGroup(multiplicity = "1")
    private Data data;

    @Option(names = {"-d", "--devices"},
            paramLabel = "COUNT",
            description = "How many devices the client has, 1 to 64. Default: one for each file, or 1.")
    private Integer devices;

    /** The source of the data. */
    private static final class Data {

        @Parameters(arity = "1..*",
                paramLabel = "DATA",
                description = "The recorded streams, one for each device of the client; '-' is standard input.")
        private List<Path> files;

        @Option(names = {"-g", "--generate"},
                paramLabel = "SIZE",
                converter = ByteSize.Converter.class,
                description = "Generate that much data, over all devices; always the same.")
        private ByteSize size;
    }

    @Override
    public Integer call() throws Exception {
        options.validate();
        try (DataStreams streams = streams()) {
            EmulatedServer.Builder statement = options.backup();
            streams.open().forEach(statement::source);
            emulator.runner(spec).execute("BACKUP DATABASE", statement.build(), options);
        }
        return 0;
    }

    private DataStreams streams() throws Exception {
        if (data.files == null) {
            return DataStreams.generated(data.size.bytes(),
                    DeviceFiles.requireCount(spec, devices == null ? 1 : devices));
        }
        DeviceFiles.requireOneEach(spec, "files", data.files,
                DeviceFiles.requireCount(spec, devices == null ? data.files.size() : devices));
        StandardStreams.requireOnce(spec, data.files);
        DeviceFiles.requireReadable(data.files);
        return DataStreams.ofFiles(data.files);
    }
}
