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
    /** The decoded file, opened by {@link #prepare()}, so that a missing key is found before the statement. */
    private Optional<DecodingDevice> decoded = Optional.empty();

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
        if (pipeline.isPresent()) {
            decoded = Optional.of(decoding(pipeline.get()));
        }
    }

    /** Reads the head of the file. A failure there says which of several files is meant. */
    private DecodingDevice decoding(Pipeline reading) throws IOException {
        try {
            return new DecodingDevice(file, reading);
        } catch (IOException refused) {
            throw IoFailures.named(path.toString(), refused);
        }
    }

    @Override
    public CommandHandler open(VdiConfig agreed) {
        if (hooks.isPresent()) {
            return PipeDevice.reading(file, hooks.get());
        }
        return decoded.isPresent() ? decoded.get() : PipeDevice.reading(file);
    }

    @Override
    public void finish(boolean succeeded) throws IOException {
        if (decoded.isPresent()) {
            decoded.get().close(); // the device may not have been opened
        }
        if (file != null) {
            file.close();
        }
    }

    @Override
    public Optional<Object> identity() {
        return FileIdentity.of(path);
    }
}
