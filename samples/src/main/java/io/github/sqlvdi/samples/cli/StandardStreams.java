package io.github.sqlvdi.samples.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Standard input and output instead of files, written {@code -}. A file of that name is written {@code ./-}. */
final class StandardStreams {

    private static final Path DASH = Path.of("-");
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");
    private static final Path NULL = Path.of("/dev/null");

    private StandardStreams() {
    }

    static boolean isStandard(Path file) {
        return file.equals(DASH);
    }

    /** Checks that a standard stream is named once at most, because there is one of it. */
    static void requireOnce(CommandSpec spec, List<Path> files) {
        if (files.stream().filter(StandardStreams::isStandard).count() > 1) {
            throw new ParameterException(spec.commandLine(),
                    "'-' is named twice: expected once, because there is one standard stream.");
        }
    }

    /**
     * Sends the messages of a command to standard error when its data goes to standard output, by the name {@code -} or
     * by another name of the same pipe or file.
     */
    static void keepWordsOutOf(CommandSpec spec, List<Path> targets) {
        if (targets.stream().anyMatch(target -> isStandard(target) || isStandardOutput(target))) {
            CommandLine root = spec.root().commandLine();
            root.setOut(root.getErr());
        }
    }

    /** Checks that no data goes where the document of {@code --json} goes. */
    static void requireFreeForJson(CommandSpec spec, List<Path> targets) {
        if (targets.stream().anyMatch(target -> isStandard(target) || isStandardOutput(target))) {
            throw new ParameterException(spec.commandLine(),
                    "--json and a backup on standard output: expected one of them, because there is one standard output.");
        }
    }

    private static boolean isStandardOutput(Path target) {
        if (StorePath.isStore(target)) {
            return false;
        }
        try {
            if (!Files.exists(target) || Files.exists(NULL) && Files.isSameFile(target, NULL)) {
                return false;
            }
            Object key = Files.readAttributes(target, BasicFileAttributes.class).fileKey();
            return key != null
                    && key.equals(Files.readAttributes(STANDARD_OUTPUT, BasicFileAttributes.class).fileKey());
        } catch (IOException notLinux) {
            return false;
        }
    }

    /** Standard input; closing it closes nothing else. */
    static ReadableByteChannel input() {
        return new FileInputStream(FileDescriptor.in).getChannel();
    }

    /** {@return standard output; it is wrapped, so that it is never treated as a file and forced to disk} */
    static WritableByteChannel output() {
        return new Output(new FileOutputStream(FileDescriptor.out).getChannel());
    }

    private record Output(FileChannel channel) implements WritableByteChannel {

        @Override
        public int write(ByteBuffer source) throws IOException {
            return channel.write(source);
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
