package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiConfig;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A pipe-like device that reads a file, directly or through a pipeline. */
final class FileSource implements JobDevice {

    private final Path path;
    private final Optional<Pipeline> pipeline;
    private final Optional<SnapshotHooks> hooks;
    private FileChannel file;

    FileSource(Path path, Optional<Pipeline> pipeline) {
        this(path, pipeline, Optional.empty());
    }

    FileSource(Path path, Optional<Pipeline> pipeline, Optional<SnapshotHooks> hooks) {
        this.path = path;
        this.pipeline = pipeline;
        this.hooks = hooks;
    }

    Path path() {
        return path;
    }

    @Override
    public void prepare() throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "is a folder: expected a file");
        }
        file = BlockingOpen.open(path, StandardOpenOption.READ);
    }

    @Override
    public CommandHandler open(VdiConfig agreed) throws IOException {
        if (hooks.isPresent()) {
            return PipeDevice.reading(file, hooks.get());
        }
        return pipeline.isPresent() ? new DecodingDevice(file, pipeline.get()) : PipeDevice.reading(file);
    }

    @Override
    public void finish(boolean succeeded) throws IOException {
        if (file != null) {
            file.close();
        }
    }

    @Override
    public Optional<Object> identity() {
        return FileIdentity.of(path);
    }
}
