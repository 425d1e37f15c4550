package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiConfig;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/** A pipe-like device that reads a source. */
final class SourceDevice implements JobDevice {

    private final BackupSource source;
    private final Optional<Pipeline> pipeline;
    private Optional<FileSeal> expected = Optional.empty();

    SourceDevice(BackupSource source, Optional<Pipeline> pipeline) {
        this.source = source;
        this.pipeline = pipeline;
    }

    BackupSource source() {
        return source;
    }

    /** Compares the content with a seal while it passes. */
    void expect(FileSeal seal) {
        expected = Optional.of(seal);
    }

    @Override
    public void prepare() throws IOException {
        source.begin();
    }

    @Override
    public CommandHandler open(VdiConfig agreed) throws IOException {
        ReadableByteChannel bytes = expected.isEmpty() ? source.channel()
                : new SealedChannel(source.channel(), source.name(), expected.get());
        if (pipeline.isEmpty()) {
            return PipeDevice.reading(bytes);
        }
        try {
            return new DecodingDevice(bytes, pipeline.get());
        } catch (IOException refused) {
            throw IoFailures.named(source.name(), refused);
        }
    }

    @Override
    public void finish(boolean succeeded) throws IOException {
        source.close();
    }

    @Override
    public Optional<Object> identity() {
        return source.identity();
    }
}
