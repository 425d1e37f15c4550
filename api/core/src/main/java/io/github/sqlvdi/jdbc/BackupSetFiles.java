package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.mtf.BackupHeader;
import io.github.sqlvdi.mtf.BackupStreamReader;
import io.github.sqlvdi.mtf.MediaSet;
import io.github.sqlvdi.mtf.StreamReport;
import io.github.sqlvdi.stream.StoredContent;
import io.github.sqlvdi.stream.StoredStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The files of one backup set, and what they say of themselves. Immutable.
 *
 * <p>The files are read to their ends, because the LSNs before the data are preliminary from SQL Server 2019 on.
 */
public final class BackupSetFiles {

    private static final int PORTION = 4 << 20;

    private final List<StoredStream> stripes;
    private final StreamReport report;
    private final BackupHeader header;

    private BackupSetFiles(List<StoredStream> stripes, StreamReport report, BackupHeader header) {
        this.stripes = stripes;
        this.report = report;
        this.header = header;
    }

    /**
     * Reads the files of a backup set.
     *
     * @param stripes one file for each device of the backup, in any order
     * @return the set
     * @throws IncompleteBackupException if a file is not a whole backup, or the files are no complete set; the message says
     *     which
     * @throws IOException if a file cannot be read
     */
    public static BackupSetFiles read(Path... stripes) throws IOException {
        return read(streams(stripes));
    }

    /**
     * Reads the streams of a backup set, which may be compressed, encrypted and in stores.
     *
     * @param stripes one stream for each device of the backup, in any order
     * @return the set
     * @throws IncompleteBackupException as for {@link #read(Path...)}
     * @throws IOException if a stream cannot be read or decoded, or can be read only once; the message names it
     */
    public static BackupSetFiles read(List<StoredStream> stripes) throws IOException {
        if (stripes.isEmpty()) {
            throw new IllegalArgumentException("No file was given: expected one for each device of the backup");
        }
        List<StreamReport> reports = new ArrayList<>();
        for (StoredStream stripe : stripes) {
            reports.add(report(stripe));
        }
        return of(stripes, reports);
    }

    /**
     * Reads the files of any number of backup sets, and finds out which files belong together: those with the same id of
     * their media set.
     *
     * @param files the files of all devices of all backups, in any order
     * @return the sets, in the order of their first files
     * @throws IncompleteBackupException if a file is not a whole backup, or one of its stripes is missing; the message says
     *     which
     * @throws IOException if a file cannot be read
     */
    public static List<BackupSetFiles> group(Path... files) throws IOException {
        return group(streams(files));
    }

    /**
     * Reads the streams of any number of backup sets like {@link #group(Path...)}. They may be compressed, encrypted and in
     * stores.
     *
     * @param streams the streams of all devices of all backups, in any order
     * @return the sets, in the order of their first streams
     * @throws IncompleteBackupException as for {@link #group(Path...)}
     * @throws IOException if a stream cannot be read or decoded, or can be read only once; the message names it
     */
    public static List<BackupSetFiles> group(List<StoredStream> streams) throws IOException {
        SetsByMedia sets = new SetsByMedia();
        for (StoredStream stream : streams) {
            sets.add(stream, report(stream));
        }
        List<BackupSetFiles> complete = new ArrayList<>();
        for (SetsByMedia.Stripes set : sets.all()) {
            complete.add(of(set.streams(), set.reports()));
        }
        return complete;
    }

    /**
     * Reads the streams of any number of backup sets, and leaves aside those that cannot be used: a backup that nobody needs
     * may be damaged, incomplete or encrypted for other keys.
     *
     * @param streams the streams of all devices of all backups, in any order
     * @param leftAside gets the reason for each stream or set that cannot be used; its message names it
     * @return the complete sets, in the order of their first streams
     */
    public static List<BackupSetFiles> group(List<StoredStream> streams, Consumer<? super IOException> leftAside) {
        SetsByMedia sets = new SetsByMedia();
        for (StoredStream stream : streams) {
            try {
                sets.add(stream, report(stream));
            } catch (IOException unusable) {
                leftAside.accept(unusable);
            }
        }
        List<BackupSetFiles> complete = new ArrayList<>();
        for (SetsByMedia.Stripes set : sets.all()) {
            try {
                complete.add(of(set.streams(), set.reports()));
            } catch (IOException incomplete) {
                leftAside.accept(incomplete);
            }
        }
        return complete;
    }

    /**
     * Returns whether files are the stripes of one backup set, from their labels, which stand at their beginnings. The files
     * are not read to their ends.
     *
     * @param files one or more files
     * @return false if two of them have different ids of their media sets
     * @throws IOException if a file cannot be read
     */
    public static boolean areOneSet(Path... files) throws IOException {
        return areOneSet(streams(files));
    }

    /**
     * Returns whether streams are the stripes of one backup set like {@link #areOneSet(Path...)}.
     *
     * @param streams one or more streams
     * @return false if two of them have different ids of their media sets
     * @throws IOException if a stream cannot be read or decoded; the message names it
     */
    public static boolean areOneSet(List<StoredStream> streams) throws IOException {
        Set<UUID> ids = new HashSet<>();
        for (StoredStream stream : streams) {
            StreamHead.label(stream).flatMap(label -> label.mediaSetId().toOptional()).ifPresent(ids::add);
        }
        return ids.size() < 2;
    }

    private static List<StoredStream> streams(Path... files) {
        return List.of(files).stream().map(StoredStream::of).toList();
    }

    private static BackupSetFiles of(List<StoredStream> stripes, List<StreamReport> reports) throws IOException {
        MediaSet media = MediaSet.of(reports);
        if (!media.isComplete()) {
            throw new IncompleteBackupException(String.format(Locale.ROOT, "%s are no complete backup set: %s", stripes,
                    String.join("; ", media.problems())));
        }
        List<StoredStream> inOrder = media.order().stream().map(stripes::get).toList();
        return new BackupSetFiles(inOrder, reports.getFirst(), reports.getFirst().header().orElseThrow(
                () -> new IncompleteBackupException(stripes.getFirst() + " has no header")));
    }

    private static StreamReport report(StoredStream stream) throws IOException {
        if (!stream.isRepeatable()) {
            throw new IOException(
                    stream + " can be read only once, and a chain of backups is read to its end before it is "
                            + "restored: store it in a file first");
        }
        BackupStreamReader reader = BackupStreamReader.builder().checksums(false).build();
        ByteBuffer portion = ByteBuffer.allocateDirect(PORTION);
        try (StoredContent content = stream.open()) {
            while (read(content, portion.clear()) >= 0) {
                reader.feed(portion.flip());
            }
        }
        StreamReport report = reader.finish();
        if (!report.isWhole()) {
            throw new IncompleteBackupException(
                    String.format(Locale.ROOT, "%s is %s", stream, report.verdict()));
        }
        return report;
    }

    /** Reads a portion. Damage of a compressed or encrypted stream is damage of the backup. */
    private static int read(StoredContent content, ByteBuffer portion) throws IOException {
        try {
            return content.read(portion);
        } catch (IOException failure) {
            if (content.isUnreadable() || content.formats().isEmpty()) {
                throw failure;
            }
            throw new IncompleteBackupException(failure.getMessage(), failure);
        }
    }

    /** {@return the streams in the order of the devices that wrote them} */
    public List<StoredStream> stripes() {
        return stripes;
    }

    /** {@return the header} */
    public BackupHeader header() {
        return header;
    }

    /** {@return what the first stripe says} */
    public StreamReport report() {
        return report;
    }

    /** {@return the files, the kind and the time of the backup} */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%s of %s, %s)", stripes,
                header.type().map(Enum::toString).orElse("unknown kind"), header.databaseName(),
                header.finish().map(Object::toString).orElse("no date"));
    }
}
