package io.github.sqlvdi.processes;

import io.github.sqlvdi.internal.com.ComObjects;
import io.github.sqlvdi.internal.engine.host.HostProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The resources that a process holds; Linux only. */
record Holdings(long descriptors, long mappings, long threads, long comObjects, long residentKib) {

    static Holdings now() throws IOException {
        System.gc(); // command blocks go with the collector
        return new Holdings(count("/proc/self/fd"), HostProbe.current().mappings().size(), count("/proc/self/task"),
                ComObjects.liveCount(), resident());
    }

    /** Reads a line that {@link #toString} made. */
    static Holdings of(String line) {
        long[] numbers = Stream.of(line.substring(line.indexOf('[')).split("\\D+")).filter(each -> !each.isEmpty())
                .mapToLong(Long::parseLong).toArray();
        return new Holdings(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    private static long count(String folder) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of(folder))) {
            return entries.count();
        }
    }

    private static long resident() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", ""));
    }
}
