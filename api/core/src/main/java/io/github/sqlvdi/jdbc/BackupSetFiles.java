package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.mtf.BackupHeader;
import io.github.sqlvdi.mtf.BackupStreamReader;
import io.github.sqlvdi.mtf.MediaSet;
import io.github.sqlvdi.mtf.StreamReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The files of one backup set, and what they say of themselves. Immutable.
 *
 * <p>The files are read to their ends, because the LSNs before the data are preliminary from SQL Server 2019 on.
 */
public final class BackupSetFiles {

    private static final int PORTION = 4 << 20;

    private final List<Path> stripes;
    private final StreamReport report;
    private final BackupHeader header;

    private BackupSetFiles(List<Path> stripes, StreamReport report, BackupHeader header) {
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
        if (stripes.length == 0) {
            throw new IllegalArgumentException("No file was given: expected one for each device of the backup");
        }
        List<StreamReport> reports = new ArrayList<>();
        for (Path stripe : stripes) {
            reports.add(read(stripe));
        }
        return of(List.of(stripes), reports);
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
        Map<Object, List<Path>> stripes = new LinkedHashMap<>();
        Map<Object, List<StreamReport>> reports = new LinkedHashMap<>();
        for (Path file : files) {
            StreamReport report = read(file);
            Object set = report.label().flatMap(label -> label.mediaSetId().toOptional()).map(Object.class::cast)
                    .orElse(file); // a file without an id is alone
            stripes.computeIfAbsent(set, key -> new ArrayList<>()).add(file);
            reports.computeIfAbsent(set, key -> new ArrayList<>()).add(report);
        }
        List<BackupSetFiles> sets = new ArrayList<>();
        for (Map.Entry<Object, List<Path>> set : stripes.entrySet()) {
            sets.add(of(set.getValue(), reports.get(set.getKey())));
        }
        return sets;
    }

    /**
     * Returns whether files are the stripes of one backup, from their labels, which stand at their beginnings. The files
     * are not read to their ends.
     *
     * @param files one or more files
     * @return false if two of them have different ids of their media sets
     * @throws IOException if a file cannot be read
     */
    public static boolean areOneSet(Path... files) throws IOException {
        Set<UUID> ids = new HashSet<>();
        for (Path file : files) {
            StreamHead.label(file).flatMap(label -> label.mediaSetId().toOptional()).ifPresent(ids::add);
        }
        return ids.size() < 2;
    }

    private static BackupSetFiles of(List<Path> stripes, List<StreamReport> reports) throws IOException {
        MediaSet media = MediaSet.of(reports);
        if (!media.isComplete()) {
            throw new IncompleteBackupException(String.format(Locale.ROOT, "%s are no complete backup set: %s", stripes,
                    String.join("; ", media.problems())));
        }
        List<Path> inOrder = media.order().stream().map(stripes::get).toList();
        return new BackupSetFiles(inOrder, reports.getFirst(), reports.getFirst().header().orElseThrow(
                () -> new IncompleteBackupException(stripes.getFirst() + " has no header")));
    }

    private static StreamReport read(Path file) throws IOException {
        BackupStreamReader reader = BackupStreamReader.builder().checksums(false).build();
        ByteBuffer portion = ByteBuffer.allocateDirect(PORTION);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(portion.clear()) >= 0) {
                reader.feed(portion.flip());
            }
        }
        StreamReport report = reader.finish();
        if (!report.isWhole()) {
            throw new IncompleteBackupException(String.format(Locale.ROOT, "%s is %s", file, report.verdict()));
        }
        return report;
    }

    /** {@return the files in the order of the devices that wrote them} */
    public List<Path> stripes() {
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
