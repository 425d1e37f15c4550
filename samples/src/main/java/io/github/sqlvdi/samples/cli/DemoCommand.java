package io.github.sqlvdi.samples.cli;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code sqlvdi demo}: backs up data, restores the backup, and compares the restored data with the original. */
@Command(name = "demo", mixinStandardHelpOptions = true,
        description = "Backs up generated data or given files through virtual devices, restores the backup, and compares. "
                + "The backup is removed afterwards.")
final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private SqlVdi sqlvdi;

    @Mixin
    private JobOptions options;

    @Option(names = {"-s", "--size"}, paramLabel = "SIZE", defaultValue = "256M", converter = ByteSize.Converter.class,
            description = "How much data is generated, over all devices. Default: ${DEFAULT-VALUE}.")
    private ByteSize size;

    @Option(names = {"-d", "--devices"}, paramLabel = "COUNT",
            description = "How many devices, 1 to 64. Default: 2, or one for each given file.")
    private Integer devices;

    @Option(names = {"-f", "--files"}, arity = "1..*", paramLabel = "FILE",
            description = "Back up these files instead of generated data, one for each device.")
    private List<Path> files;

    @Mixin
    private MediaOptions media;

    @Option(names = "--directory", paramLabel = "FOLDER",
            description = "Where the backup is kept meanwhile. Default: the folder for temporary files.")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Override
    public Integer call() throws Exception {
        options.validate();
        media.validate(options.deviceClass());
        try (DataStreams data = DataStreams.of(spec, files, size, devices);
                WorkFolder folder = WorkFolder.create(directory, "sqlvdi-demo-", data.totalSize())) {
            options.validateNames(data.count());
            List<Path> backups = IntStream.rangeClosed(1, data.count())
                    .mapToObj(device -> folder.resolve("device-" + device + ".bak")).toList();
            JobRunner runner = sqlvdi.runner(spec, options);
            runner.backup(data, backups, media.mediaSize(), false);
            compare(runner, data, backups);
        }
        return 0;
    }

    private void compare(JobRunner runner, DataStreams data, List<Path> backups) throws FailedException, IOException {
        List<ComparingChannel> comparisons = new ArrayList<>();
        for (ReadableByteChannel expected : data.open()) {
            comparisons.add(new ComparingChannel("Device " + (comparisons.size() + 1), expected));
        }
        runner.restore(backups, comparisons);
        long compared = 0;
        for (ComparingChannel comparison : comparisons) {
            compared += comparison.requireEnd();
        }
        spec.commandLine().getOut().println(String.format(Locale.ROOT, "identical: %,d bytes compared", compared));
        spec.commandLine().getOut().flush();
    }
}
