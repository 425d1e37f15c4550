package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.stream.Pipeline;
import io.github.sqlvdi.stream.StoredStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The one place where the names of a command line become streams that are read: files, places in stores, standard input. */
final class StoredPaths {

    private StoredPaths() {
    }

    /** {@return the stream of a name} */
    static StoredStream of(Path file, Optional<Pipeline> pipeline) {
        StoredStream stream = file instanceof StorePath place ? StoredStream.of(place.toString(), place::source)
                : StandardStreams.isStandard(file) ? StoredStream.once(StorePath.standardInput())
                        : StoredStream.of(file);
        return pipeline.map(stream::through).orElse(stream);
    }

    /** {@return the streams of names, in their order} */
    static List<StoredStream> of(List<Path> files, Optional<Pipeline> pipeline) {
        return files.stream().map(file -> of(file, pipeline)).toList();
    }
}
