package io.github.sqlvdi.storage.store;

import io.github.sqlvdi.stream.BackupSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A regular file as a source. */
final class FileContent implements BackupSource {

    private final Path path;
    private FileChannel file;
    private long size;

    FileContent(Path path) {
        this.path = path;
    }

    @Override
    public void begin() throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "is a folder: expected a file");
        }
        file = FileChannel.open(path, StandardOpenOption.READ);
        size = file.size();
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public ReadableByteChannel channel() {
        return file;
    }

    @Override
    public Optional<byte[]> manifest() throws IOException {
        Path manifest = path.resolveSibling(path.getFileName() + ".manifest");
        return Files.exists(manifest) ? Optional.of(Files.readAllBytes(manifest)) : Optional.empty();
    }

    @Override
    public Optional<Object> identity() {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
