package io.github.sqlvdi.stream;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A file or a named pipe as a source. */
final class FileContent implements BackupSource {

    private final Path path;
    private FileChannel file;
    private long size = -1;

    FileContent(Path path) {
        this.path = path;
    }

    @Override
    public void begin() throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "is a folder: expected a file");
        }
        file = BlockingOpen.open(path, StandardOpenOption.READ);
        size = Files.isRegularFile(path) ? file.size() : -1;
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
        return Manifest.findBytes(path);
    }

    @Override
    public Optional<Object> identity() {
        return FileIdentity.of(path);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
