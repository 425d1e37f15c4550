package io.github.sqlvdi.stream;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The stream of one device of a backup in its place: a file, an object in a store, or a standard stream; plain, compressed
 * or encrypted. A restore that has to know what a stream holds before it begins takes such places: it opens each of them
 * to look into it, and again to restore it.
 *
 * <pre>{@code
 * try (Pipeline pipeline = Pipeline.builder().codec(Zstd.level(3)).codec(age).build()) {
 *     server.restore("sales2").moveFiles().from(StoredStream.of(Path.of("sales.bak.zst.age")).through(pipeline))
 *             .run().orThrow();
 * }
 * }</pre>
 *
 * <p><b>Content that can be read only once</b>, such as a named pipe, is opened once. Bytes that were read to look into it
 * are kept and given to the restore again.
 *
 * <p>Not safe for several threads at once.
 */
public final class StoredStream {

    private final String name;
    private final Optional<Path> file;
    private final Supplier<? extends BackupSource> source;
    private final boolean repeatable;
    private final Optional<Pipeline> pipeline;
    /** Null before content that can be read only once is opened. */
    private SinglePass pass;

    private StoredStream(String name, Optional<Path> file, Supplier<? extends BackupSource> source, boolean repeatable,
            Optional<Pipeline> pipeline) {
        this.name = name;
        this.file = file;
        this.source = source;
        this.repeatable = repeatable;
        this.pipeline = pipeline;
    }

    /**
     * Takes a file. A named pipe or a device can be read only once.
     *
     * @param file its path
     * @return the stream, plain
     */
    public static StoredStream of(Path file) {
        boolean special = Files.exists(file) && !Files.isRegularFile(file);
        return new StoredStream(file.toString(), Optional.of(file), () -> new FileContent(file), !special,
                Optional.empty());
    }

    /**
     * Takes content that can be opened again.
     *
     * @param name its name, for messages
     * @param source makes a new source of the content for each call
     * @return the stream, plain
     */
    public static StoredStream of(String name, Supplier<? extends BackupSource> source) {
        return new StoredStream(Objects.requireNonNull(name, "name"), Optional.empty(),
                Objects.requireNonNull(source, "source"), true, Optional.empty());
    }

    /**
     * Takes content that can be opened only once, such as standard input.
     *
     * @param source the content, on which {@link BackupSource#begin()} was not called
     * @return the stream, plain
     */
    public static StoredStream once(BackupSource source) {
        Objects.requireNonNull(source, "source");
        return new StoredStream(source.name(), Optional.empty(), () -> source, false, Optional.empty());
    }

    /**
     * Sets what decodes the content. The content shows which of the codecs it needs, and plain content needs none.
     *
     * @param decoding the codecs with their keys, and the workers; the caller closes it after the last use
     * @return this stream through the pipeline
     */
    public StoredStream through(Pipeline decoding) {
        return new StoredStream(name, file, source, repeatable, Optional.of(decoding));
    }

    /** {@return the name of the place, for messages} */
    public String name() {
        return name;
    }

    /** {@return whether the content can be opened any number of times} */
    public boolean isRepeatable() {
        return repeatable;
    }

    /**
     * Opens the stream at its first byte and decodes it.
     *
     * @return the decoded bytes, which the caller closes
     * @throws IOException if there is no such content, it may not be read, its format is not available here, or it is
     *     encrypted for other keys; the message names the content
     */
    public StoredContent open() throws IOException {
        return open(channel -> {
        });
    }

    /**
     * Opens the stream like {@link #open()}.
     *
     * @param opened gets the channel of the content before the first byte is read; closing it on another thread ends a read
     *     that waits
     * @return the decoded bytes, which the caller closes
     * @throws IOException as for {@link #open()}
     */
    public StoredContent open(Consumer<? super Channel> opened) throws IOException {
        if (repeatable) {
            return StoredContent.open(source.get(), pipeline, opened);
        }
        if (pass == null) {
            pass = new SinglePass(StoredContent.open(source.get(), pipeline, opened), pipeline);
        }
        return pass.again();
    }

    /**
     * Makes a pipe-like device that restores the stream.
     *
     * @return the device
     */
    public JobDevice device() {
        if (pass != null) {
            return pass;
        }
        if (file.isPresent()) {
            return pipeline.map(decoding -> JobDevice.fromFile(file.get(), decoding))
                    .orElseGet(() -> JobDevice.fromFile(file.get()));
        }
        return pipeline.map(decoding -> JobDevice.fromSource(source.get(), decoding))
                .orElseGet(() -> JobDevice.fromSource(source.get()));
    }

    /** {@return the name} */
    @Override
    public String toString() {
        return name;
    }
}
