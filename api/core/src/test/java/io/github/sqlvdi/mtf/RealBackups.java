package io.github.sqlvdi.mtf;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Backups that real SQL Servers wrote. They are not part of the project: the folder is {@code ../shared/backups} beside the
 * checkout, or the system property {@code sqlvdi.backups}.
 */
final class RealBackups {

    /** All of them; each stripe is a stream of its own. */
    static final List<String> ALL = List.of("full-2008r2.bak", "striped-2008r2.0.bak", "striped-2008r2.1.bak",
            "diff.bak",
            "log.trn", "full-compressed.bak", "full-2014.bak.gz", "full-2017-linux.bak.gz", "log-checksum-2008r2.trn",
            "log-2016.trn", "chain-2008r2/1-full.bak", "chain-2008r2/2-log.trn", "chain-2008r2/3-log.trn",
            "chain-2008r2/4-log.trn", "chain-2008r2/5-diff.bak", "chain-2008r2/6-log.trn", "chain-2008r2/7-log.trn");

    private static final Path FOLDER = Path.of(System.getProperty("sqlvdi.backups", "../../../shared/backups"));

    private RealBackups() {
    }

    static boolean arePresent() {
        return Files.isDirectory(FOLDER);
    }

    /** Skips the test, with the reason, where the folder is missing. */
    static void assumePresent() {
        assumeTrue(arePresent(),
                () -> String.format(Locale.ROOT, "skipped: there is no folder %s with real backups; name one with ",
                        FOLDER.toAbsolutePath().normalize()) + "-Dsqlvdi.backups=");
    }

    static byte[] read(String name) {
        try (InputStream file = Files.newInputStream(FOLDER.resolve(name));
                InputStream bytes = name.endsWith(".gz") ? new GZIPInputStream(file) : file) {
            return bytes.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError("a real backup cannot be read", e);
        }
    }
}
