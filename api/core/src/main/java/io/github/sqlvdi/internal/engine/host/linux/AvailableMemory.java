package io.github.sqlvdi.internal.engine.host.linux;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Measures the memory that is still available: the kernel's MemAvailable, or less if a control group (version 2), such
 * as a container's, limits this process.
 */
final class AvailableMemory {

    private static final Path MEMORY_INFO = Path.of("/proc/meminfo");
    private static final Path OWN_GROUP = Path.of("/proc/self/cgroup");
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    /** Longer than the files are; a longer one is read, too. */
    private static final int USUAL_LENGTH = 4096;

    private AvailableMemory() {}

    static long bytes() {
        try {
            long machine = number(MEMORY_INFO, "MemAvailable:") * 1024;
            Path group = group();
            return group == null ? machine : Math.min(machine, remaining(group));
        } catch (IOException e) {
            throw new UncheckedIOException("the available memory cannot be read from /proc and /sys: " + e.getMessage(),
                    e);
        }
    }

    /** Returns the number that follows a word at the beginning of a line. */
    private static long number(Path file, String word) throws IOException {
        return Long.parseLong(line(file, word).orElseThrow(() -> new IOException(file + " has no line " + word))
                .replace("kB", "").strip());
    }

    /** Returns what follows a word in the line that begins with it. */
    private static Optional<String> line(Path file, String word) throws IOException {
        String text = text(file);
        for (int begin = 0; begin < text.length();) {
            int newline = text.indexOf('\n', begin);
            int end = newline < 0 ? text.length() : newline;
            if (text.startsWith(word, begin)) {
                return Optional.of(text.substring(begin + word.length(), end));
            }
            begin = end + 1;
        }
        return Optional.empty();
    }

    /** Reads a file of /proc or /sys, whose length is not known, with less memory than {@link Files} takes for it. */
    private static String text(Path file) throws IOException {
        byte[] bytes = new byte[USUAL_LENGTH];
        int count = 0;
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            while (true) {
                count += in.readNBytes(bytes, count, bytes.length - count);
                if (count < bytes.length) {
                    return new String(bytes, 0, count, StandardCharsets.UTF_8);
                }
                bytes = Arrays.copyOf(bytes, 2 * bytes.length);
            }
        }
    }

    /** Returns the folder of this process's control group (version 2), or null if it has none. */
    private static Path group() throws IOException {
        if (!Files.exists(OWN_GROUP)) {
            return null;
        }
        return line(OWN_GROUP, "0::/").map(GROUPS::resolve).filter(Files::isDirectory).orElse(null);
    }

    /** Returns the smallest number of bytes that a limit of this group or of a group above it leaves. */
    private static long remaining(Path group) throws IOException {
        long least = Long.MAX_VALUE;
        for (Path at = group; at.startsWith(GROUPS); at = at.getParent()) {
            Path limit = at.resolve("memory.max");
            String text = Files.isReadable(limit) ? Files.readString(limit).strip() : "max";
            if (!text.equals("max")) {
                least = Math.min(least, Math.max(0, Long.parseLong(text) - held(at)));
            }
        }
        return least;
    }

    /**
     * Returns the bytes that a group uses, without its file cache: the kernel reclaims the cache when memory is needed.
     */
    private static long held(Path group) throws IOException {
        long used = Long.parseLong(Files.readString(group.resolve("memory.current")).strip());
        Path statistics = group.resolve("memory.stat");
        return used - number(statistics, "active_file ") - number(statistics, "inactive_file ");
    }
}
