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
 * Media that are files in one folder: {@code name}, {@code name.2}, {@code name.3} and so on. Written media are
 * {@link TargetFile}s: {@link #keep()} gives all of them their names, otherwise {@link #close()} removes them. When
 * media are read, the backup's manifest says how many there are; without a manifest all existing files are read.
 *
 * <p><b>Threads.</b> One thread at a time may use the object.
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
     * Returns new media for a backup. Files with their names must not exist.
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
     * Returns media for a backup that replace existing files with their names.
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
     * Returns the media of an earlier backup: those in its manifest, or without a manifest all existing ones.
     *
     * @param first the first medium's file
     * @return the media
     */
    public static MediaFiles reading(Path first) {
        return new MediaFiles(first, false, false, Manifest.mediaCount(first).orElse(MAX_MEDIA));
    }

    /**
     * Returns the file of a medium.
     *
     * @param number 1 for the first
     * @return {@code name} or {@code name.number}
     */
    public Path path(int number) {
        return number == 1 ? first : first.resolveSibling(first.getFileName() + "." + number);
    }

    /**
     * Returns the files that a restore reads.
     *
     * @return the first file and the existing ones that follow it without a gap, at most as many as the manifest has
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

    /** Reserves the first medium, so that an unusable name is refused before the device set is created. */
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
     * Gives all written media their names. The first medium gets its name last, so that it never appears without the
     * other media.
     *
     * @throws IOException if that failed for some media; their content is kept in the files that the exception names
     */
    public void keep() throws IOException {
        CloseAll.of(written.reversed(), file -> file::keep);
    }

    /**
     * Leaves the written media where they do not look like a good backup, each in its file
     * {@code NAME.unconfirmed-XXXXXXXX}. Removes them if one of them is not finished.
     *
     * @return the files, in the order of the media; empty if there is no finished content
     * @throws IOException if a file could not be closed or removed
     */
    List<String> leave() throws IOException {
        List<String> places = new ArrayList<>();
        if (written.stream().allMatch(TargetFile::isFinished)) {
            CloseAll.of(written, file -> () -> file.leave().ifPresent(places::add));
        } else {
            close();
        }
        return places;
    }

    /** The media that were written, in their order. */
    List<TargetFile> written() {
        return List.copyOf(written);
    }

    /**
     * Removes the written media that were not kept.
     *
     * @throws IOException if a temporary file could not be removed; the other files are removed
     */
    @Override
    public void close() throws IOException {
        CloseAll.of(written, file -> file);
    }
}
