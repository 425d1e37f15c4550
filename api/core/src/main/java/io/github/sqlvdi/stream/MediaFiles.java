package io.github.sqlvdi.stream;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Media that are files beside each other: {@code name}, {@code name.2}, {@code name.3} ... Written ones are
 * {@link TargetFile}s: they get their names together, by {@link #commit()}, and are removed by {@link #close()} otherwise.
 *
 * <p>Used by one thread at a time.
 */
public final class MediaFiles implements MediaLoader, Closeable {

    private final Path first;
    private final boolean writing;
    private final int limit;
    private final List<TargetFile> written = new ArrayList<>();

    private MediaFiles(Path first, boolean writing, int limit) {
        this.first = Objects.requireNonNull(first, "first");
        this.writing = writing;
        this.limit = limit;
    }

    /**
     * New media for a backup.
     *
     * @param first the first medium's file; the others have its name with a number
     * @param limit how many media there are at most, at least 1
     * @return the media
     * @throws IllegalArgumentException if the limit is below 1
     */
    public static MediaFiles writing(Path first, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "limit is %d: expected at least 1 medium", limit));
        }
        return new MediaFiles(first, true, limit);
    }

    /**
     * The media of an earlier backup, as many as there are.
     *
     * @param first the first medium's file
     * @return the media
     */
    public static MediaFiles reading(Path first) {
        return new MediaFiles(first, false, Integer.MAX_VALUE);
    }

    /**
     * The file of a medium.
     *
     * @param number 1 for the first
     * @return {@code name} or {@code name.number}
     */
    public Path path(int number) {
        return number == 1 ? first : first.resolveSibling(first.getFileName() + "." + number);
    }

    @Override
    public Optional<FileChannel> load(int number) throws IOException {
        Path path = path(number);
        if (number > limit) {
            return Optional.empty();
        }
        if (!writing) {
            return number > 1 && !Files.exists(path)
                    ? Optional.empty()
                    : Optional.of(FileChannel.open(path, StandardOpenOption.READ));
        }
        TargetFile file = TargetFile.create(path);
        written.add(file);
        if (file.channel() instanceof FileChannel channel) {
            return Optional.of(channel);
        }
        throw new IOException(String.format(Locale.ROOT, "%s is not a regular file: a medium needs positions", path));
    }

    /**
     * Gives all written media their names, the first one last: a set is never seen without its later media.
     *
     * @throws IOException if some of them failed; their content is kept under the names the exception tells
     */
    public void commit() throws IOException {
        CloseAll.of(written.reversed(), file -> file::commit);
    }

    /**
     * Discards the written media that were not committed.
     *
     * @throws IOException if a temporary file could not be removed; the others are
     */
    @Override
    public void close() throws IOException {
        CloseAll.of(written, file -> file);
    }
}
