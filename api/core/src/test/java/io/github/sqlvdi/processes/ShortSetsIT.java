package io.github.sqlvdi.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Many short sets, one after the other, in a JVM with a heap of 64 MB: descriptors, mappings, threads, COM objects and
 * resident memory stay where they were. Option: {@code -Dsqlvdi.sets=20000}.
 */
@Timeout(3_600)
@EnabledOnOs(OS.LINUX)
class ShortSetsIT {
    private static final int SETS = Integer.getInteger("sqlvdi.sets", 300);
    /** Limit for the growth of the JVM's own memory after the first half: code caches and metaspace still grow then. */
    private static final long GROWTH_KIB = 24 * 1024;

    /** The process that makes the sets. */
    static final class Maker {
        public static void main(String[] args) throws Exception {
            int sets = Integer.getInteger("sets");
            String name = "short-" + ProcessHandle.current().pid() + "-";
            for (int i = 0; i < sets; i++) {
                if (i == sets / 2) {
                    System.out.println("half " + Holdings.now());
                }
                try (BothHalves set = new BothHalves(name + i)) {
                    set.transfer(i);
                }
            }
            System.out.println("end " + Holdings.now());
        }
    }

    @Test
    void shortSetsLeaveNothingBehind() throws Exception {
        try (Worker maker = Worker.start(List.of(), Maker.class, "-Xmx64m", "-Dsets=" + SETS)) {
            Holdings half = Holdings.of(maker.expect("half", 1_800_000));
            Holdings end = Holdings.of(maker.expect("end", 1_800_000));
            System.out.printf(Locale.ROOT, "%,d short sets: after half of them %s, at the end %s%n", SETS, half, end);
            assertEquals(half.descriptors(), end.descriptors(), "descriptors");
            assertEquals(0, end.mappings(), "regions");
            assertTrue(end.threads() <= half.threads() + 2, "threads: " + half + ", then " + end); // of the JVM itself
            assertEquals(half.comObjects(), end.comObjects(), "COM objects");
            assertTrue(end.residentKib() <= half.residentKib() + GROWTH_KIB, "resident: " + half + ", then " + end);
        }
    }
}
