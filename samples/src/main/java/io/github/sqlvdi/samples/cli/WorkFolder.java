package io.github.sqlvdi.samples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A new folder for the files of one command, removed with them at its end. */
final class WorkFolder implements AutoCloseable {

    private final Path path;

    private WorkFolder(Path path) {
        this.path = path;
    }

    /** Makes a folder below {@code parent}. Fails if there is no room for {@code bytes} bytes. */
    static WorkFolder create(Path parent, String prefix, long bytes) throws FailedException, IOException {
        if (!Files.isDirectory(parent)) {
            throw new FailedException(parent + ": is no folder. Give --directory one that exists.");
        }
        long room = Files.getFileStore(parent).getUsableSpace();
        if (room < bytes) {
            throw new FailedException(String.format(Locale.ROOT,
                    "%s: has room for %s, the backup needs %s. Give --directory another folder, or ", parent,
                    ByteSize.words(room), ByteSize.words(bytes)) + "--size less.");
        }
        return new WorkFolder(Files.createTempDirectory(parent, prefix));
    }

    /** The name of a file in the folder. */
    Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.list(path)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(path);
    }
}
