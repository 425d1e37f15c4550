package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.stream.TargetFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The restored files of a statement. They appear under their names together, when the statement has succeeded. */
final class TargetFiles implements Closeable {

    private final List<TargetFile> files = new ArrayList<>();
    private final List<WritableByteChannel> channels = new ArrayList<>();

    private TargetFiles() {
    }

    /** Begins a file for each name, which replaces an existing one only with {@code force}. */
    static TargetFiles create(List<Path> names, boolean force) throws IOException {
        TargetFiles targets = new TargetFiles();
        try {
            for (Path name : names) {
                if (StandardStreams.isStandard(name)) {
                    targets.channels.add(StandardStreams.output());
                    continue;
                }
                TargetFile file = force ? TargetFile.replace(name) : TargetFile.create(name);
                targets.files.add(file);
                file.begin();
                targets.channels.add(file.channel());
            }
            return targets;
        } catch (IOException | RuntimeException failure) {
            try (targets) {
                throw failure;
            }
        }
    }

    List<WritableByteChannel> channels() {
        return List.copyOf(channels);
    }

    /** Gives the files their names. */
    void keep() throws IOException {
        for (TargetFile file : files) {
            file.keep();
        }
    }

    /** Discards the files that were not kept. */
    @Override
    public void close() throws IOException {
        for (TargetFile file : files) {
            file.close();
        }
    }
}
