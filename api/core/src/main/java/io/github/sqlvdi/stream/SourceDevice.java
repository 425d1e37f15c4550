package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiConfig;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/** A pipe-like device that reads a source. */
final class SourceDevice implements JobDevice {

    private final BackupSource source;
    private Optional<FileSeal> expected = Optional.empty();

    SourceDevice(BackupSource source) {
        this.source = source;
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
    public CommandHandler open(VdiConfig agreed) {
        ReadableByteChannel bytes = source.channel();
        return PipeDevice.reading(expected.isEmpty() ? bytes
                : new SealedChannel(bytes, source.name(), expected.get()));
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
