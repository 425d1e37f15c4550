package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.samples.BufferHandles;
import io.github.sqlvdi.samples.MultiProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code sqlvdi multiprocess}: runs a backup and its restore with a server, a primary and secondaries, each in its own
 * JVM.
 */
@Command(name = "multiprocess",
        mixinStandardHelpOptions = true,
        description = "Backs up generated data or given files with a server, a primary and secondaries in processes of "
                + "their own, restores the backup the same way, and compares. The backup is removed afterwards.")
final class MultiProcessCommand implements Callable<Integer> {

    private static final int PIECE = 1 << 20;

    /** The objects that the processes share. */
    private enum Share {
        /** Each secondary opens and serves one device of the primary's set. */
        DEVICES(MultiProcess.class),
        /** The primary serves all devices; a helper for each works on the buffers of its commands. */
        BUFFERS(BufferHandles.class);

        private final Class<?> primary;

        Share(Class<?> primary) {
            this.primary = primary;
        }
    }

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private SqlVdi sqlvdi;

    @Option(names = {"-d", "--devices"},
            paramLabel = "COUNT",
            description = "How many devices, and so secondaries, 1 to 64. Default: 2, or one for each given file.")
    private Integer devices;

    @Option(names = "--share",
            paramLabel = "WHAT",
            defaultValue = "devices",
            description = "What the secondaries get: devices, each secondary opens one and serves it; or buffers, the "
                    + "primary serves all devices and the secondaries map the buffers of its commands. "
                    + "Default: ${DEFAULT-VALUE}.")
    private Share share;

    @Option(names = {"-s", "--size"},
            paramLabel = "SIZE",
            defaultValue = "256M",
            converter = ByteSize.Converter.class,
            description = "How much data is generated, over all devices. Default: ${DEFAULT-VALUE}.")
    private ByteSize size;

    @Option(names = {"-f", "--files"},
            arity = "1..*",
            paramLabel = "FILE",
            description = "Back up these files instead of generated data, one for each device.")
    private List<Path> files;

    @Option(names = "--directory",
            paramLabel = "FOLDER",
            description = "Where the backup and what is restored from it are kept meanwhile. Default: the folder for "
                    + "temporary files.")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Override
    public Integer call() throws Exception {
        try (DataStreams data = DataStreams.of(spec, files, size, devices);
                WorkFolder folder = WorkFolder.create(directory, "sqlvdi-multiprocess-", 2 * data.totalSize())) {
            List<Path> backups = IntStream.rangeClosed(1, data.count())
                    .mapToObj(device -> folder.resolve("device-" + device + ".bak")).toList();
            List<Path> restored = IntStream.rangeClosed(1, data.count())
                    .mapToObj(device -> folder.resolve("device-" + device)).toList();
            execute("backup", files == null
                    ? List.of("--generate", Long.toString(size.bytes()), "--devices", Integer.toString(data.count()))
                    : words(files), backups);
            execute("restore", words(restored), backups);
            compare(data, restored);
        }
        return 0;
    }

    /**
     * Executes one statement in a server process. The primary starts its secondaries; the server waits for the set of
     * the primary.
     */
    private void execute(String statement, List<String> streams, List<Path> backups)
            throws IOException, FailedException, InterruptedException {
        String name = "sqlvdi-" + UUID.randomUUID().toString().substring(0, 8);
        try (ProcessGroup processes = new ProcessGroup()) {
            sqlvdi.watch(processes::destroy);
            processes.start("primary", share.primary, Stream.concat(Stream.of(name), words(backups).stream()).toList());
            processes.start("server", SqlVdi.class, Stream.concat(
                    Stream.of("emulator", statement, "--name", name), streams.stream())
                    .toList());
            processes.await();
        }
    }

    private static List<String> words(List<Path> paths) {
        return paths.stream().map(path -> path.toAbsolutePath().toString()).toList();
    }

    private void compare(DataStreams data, List<Path> restored) throws IOException {
        List<ReadableByteChannel> expected = new ArrayList<>(data.open());
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
        long compared = 0;
        for (int device = 0; device < restored.size(); device++) {
            try (ComparingChannel comparison = new ComparingChannel("Device " + (device + 1), expected.get(device));
                    FileChannel file = FileChannel.open(restored.get(device))) {
                while (file.read(piece) >= 0) {
                    comparison.write(piece.flip());
                    piece.clear();
                }
                compared += comparison.requireEnd();
            }
        }
        spec.commandLine().getOut().println(String.format(Locale.ROOT, "identical: %,d bytes compared", compared));
        spec.commandLine().getOut().flush();
    }
}
