package io.github.sqlvdi.diagnosis;

import io.github.sqlvdi.diagnosis.Diagnosis.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The file descriptors that this process may still open. */
final class DescriptorFindings {

    /**
     * The most descriptors of a device set of the embedded VDI. Both halves in one process hold 12, for any number of
     * devices; the others are needed for moments, while a half joins, maps a buffer area or looks for dead sets.
     */
    static final int SET = 17;
    /** The descriptors of a backup of 64 devices: those of the set, and for each device its file and its manifest. */
    private static final int LARGEST_BACKUP = SET + 2 * 64;
    private static final String SUBJECT = "descriptors";
    private static final Pattern LIMIT = Pattern.compile("(?m)^Max open files +([0-9]+|unlimited) ");

    private DescriptorFindings() {
    }

    /**
     * Compares the limit of this process with its open descriptors.
     *
     * @param root the file system's root; another folder for tests
     * @return the findings
     */
    static List<Finding> find(Path root) {
        Findings findings = new Findings();
        try (Stream<Path> open = Files.list(root.resolve("proc/self/fd"))) {
            Matcher limit = LIMIT.matcher(Files.readString(root.resolve("proc/self/limits")));
            if (!limit.find() || limit.group(1).equals("unlimited")) {
                findings.good(SUBJECT, "no limit");
            } else {
                judge(findings, Long.parseLong(limit.group(1)), open.count());
            }
        } catch (IOException e) {
            findings.note(SUBJECT, "the limit cannot be read: " + e);
        }
        return findings.all();
    }

    private static void judge(Findings findings, long limit, long open) {
        long left = limit - open;
        String text =
                String.format(Locale.ROOT, "%,d of %,d are open; a device set takes up to %d, a backup of 64 devices "
                        + "into files %d", open, limit, SET, LARGEST_BACKUP);
        if (left >= LARGEST_BACKUP) {
            findings.good(SUBJECT, text);
        } else if (left >= SET + 2) {
            findings.note(SUBJECT, text, "raise the limit before large backups: ulimit -n 1024");
        } else {
            findings.problem(SUBJECT, text, "raise the limit: ulimit -n 1024");
        }
    }
}
