package io.github.sqlvdi.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses of this process that belong to no buffer, read from the kernel's own table of mappings. */
final class Addresses {

    private static final Path MAPS = Path.of("/proc/self/maps");
    /** "7f0000-7f1000 rw-p 00000000 00:00 0": begin, end, permissions, inode and what stands behind it. */
    private static final Pattern LINE = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) (\\S+) \\S+ \\S+ (\\d+)\\s*(.*)");

    private record Mapping(long begin, long end, String permissions, boolean anonymous) {
    }

    private Addresses() {
    }

    /** An address in the largest anonymous writable mapping, which is the Java heap. */
    static long javaHeap() throws IOException {
        return mappings().stream().filter(m -> m.anonymous && m.permissions.startsWith("rw"))
                .max(Comparator.comparingLong(m -> m.end - m.begin)).orElseThrow().begin + 4096;
    }

    /** The page behind a mapping that has no neighbour. */
    static long unmappedPage() throws IOException {
        List<Mapping> all = mappings();
        for (int i = 0; i + 1 < all.size(); i++) {
            if (all.get(i + 1).begin - all.get(i).end >= 1 << 20) {
                return all.get(i).end + (1 << 19);
            }
        }
        throw new IOException("no gap of 1 MiB in " + MAPS);
    }

    private static List<Mapping> mappings() throws IOException {
        return Files.readAllLines(MAPS).stream().map(LINE::matcher).filter(Matcher::matches)
                .map(m -> new Mapping(Long.parseUnsignedLong(m.group(1), 16), Long.parseUnsignedLong(m.group(2), 16),
                        m.group(3), m.group(4).equals("0") && m.group(5).isEmpty()))
                .toList();
    }
}
