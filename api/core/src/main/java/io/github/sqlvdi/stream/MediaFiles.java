package io.github.sqlvdi.stream;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Media that are files beside each other: {@code name}, {@code name.2}, {@code name.3} ... Written ones are
 * {@link TargetFile}s: they get their names together, by {@link #keep()}, and are removed by {@link #close()} otherwise. Media
 * that are read are those of the backup's manifest, and without a manifest as many as there are.
 *
 * <p>Used by one thread at a time.
 */
public final class MediaFiles implements MediaLoader, Closeable {

    private static final int MAX_MEDIA = 9_999;

    private final Path first;
    private final boolean writing;
    private final boolean replacing;
    private final int limit;
    private final List<TargetFile> written = new ArrayList<>();

    private MediaFiles(Path first, boolean writing, boolean replacing, int limit) {
        this.first = Objects.requireNonNull(first, "first");
        this.writing = writing;
        this.replacing = replacing;
        this.limit = limit;
    }

    /**
     * New media for a backup. A file of their names must not exist.
     *
     * @param first the first medium's file; the others have its name with a number
     * @param limit how many media there are at most, at least 1
     * @return the media
     * @throws IllegalArgumentException if the limit is below 1
     */
    public static MediaFiles writing(Path first, int limit) {
        return new MediaFiles(first, true, false, requireLimit(limit));
    }

    /**
     * Media for a backup that replace the files of their names, where there are some.
     *
     * @param first the first medium's file; the others have its name with a number
     * @param limit how many media there are at most, at least 1
     * @return the media
     * @throws IllegalArgumentException if the limit is below 1
     */
    public static MediaFiles replacing(Path first, int limit) {
        return new MediaFiles(first, true, true, requireLimit(limit));
    }

    private static int requireLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "limit is %d: expected at least 1 medium", limit));
        }
        return limit;
    }

    /**
     * The media of an earlier backup: those of its manifest, without one as many as there are.
     *
     * @param first the first medium's file
     * @return the media
     */
    public static MediaFiles reading(Path first) {
        return new MediaFiles(first, false, false, Manifest.mediaCount(first).orElse(MAX_MEDIA));
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

    /**
     * The files that a restore reads.
     *
     * @return those of the manifest, without one those that exist; at least the first
     */
    public List<Path> files() {
        List<Path> files = new ArrayList<>(List.of(first));
        for (int number = 2; number <= limit && Files.exists(path(number)); number++) {
            files.add(path(number));
        }
        return files;
    }

    boolean isWriting() {
        return writing;
    }

    boolean isReplacing() {
        return replacing;
    }

    /** Reserves the first medium, so that a name that cannot be used is refused before the server hears of the set. */
    void begin() throws IOException {
        if (writing) {
            add(1);
        } else if (!Files.exists(first)) {
            throw new NoSuchFileException(first.toString());
        }
    }

    private TargetFile add(int number) throws IOException {
        TargetFile file = replacing ? TargetFile.replace(path(number)) : TargetFile.create(path(number));
        file.begin();
        written.add(file);
        if (number > 1) {
            TargetFile full = written.get(number - 2);
            full.finish();
            if (number > 2) {
                full.releaseFinished();
            }
        }
        return file;
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
        TargetFile file = number <= written.size() ? written.get(number - 1) : add(number);
        return Optional.of(file.file().orElseThrow(
                () -> new IOException(
                        String.format(Locale.ROOT, "%s is not a regular file: a medium needs positions", path))));
    }

    @Override
    public void finish() throws IOException {
        CloseAll.of(written, file -> file::finish);
    }

    /**
     * Gives all written media their names, the first one last: a set is never seen without its later media.
     *
     * @throws IOException if some of them failed; their content is kept under the names the exception tells
     */
    public void keep() throws IOException {
        CloseAll.of(written.reversed(), file -> file::keep);
    }

    /** The media that were written, in their order. */
    List<TargetFile> written() {
        return List.copyOf(written);
    }

    /**
     * Takes back the written media that were not kept.
     *
     * @throws IOException if a temporary file could not be removed; the others are
     */
    @Override
    public void close() throws IOException {
        CloseAll.of(written, file -> file);
    }
}
