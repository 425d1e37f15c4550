package io.github.sqlvdi.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Many sets at a time in one JVM with a heap of 64 MB, both halves of each: every one works, and when all are closed,
 * nothing remains. Option: {@code -Dsqlvdi.sets.together=500}, as {@code .ci/run} has it.
 */
@Timeout(1_800)
@EnabledOnOs(OS.LINUX)
class ManySetsIT {
    private static final int SETS = Integer.getInteger("sqlvdi.sets.together", 100);
    /** Limits for one set, both halves: what docs/processes.md says. */
    private static final long DESCRIPTORS = 12;
    private static final long THREADS = 3;

    /** The process that holds the sets. */
    static final class Holder {
        public static void main(String[] args) throws Exception {
            String name = "together-" + ProcessHandle.current().pid() + "-";
            try (BothHalves first = new BothHalves(name + "first")) { // loads the classes
                first.transfer(-1);
            }
            System.out.println("before " + Holdings.now());
            int sets = Integer.getInteger("sets");
            List<BothHalves> all = new ArrayList<>();
            for (int i = 0; i < sets; i++) {
                all.add(new BothHalves(name + i));
            }
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < sets; i++) {
                    all.get(i).transfer(i);
                }
            }
            System.out.println("open " + Holdings.now());
            for (BothHalves set : all) {
                set.close();
            }
            all.clear();
            System.out.println("closed " + Holdings.now());
        }
    }

    @Test
    void manySetsWorkAtATimeAndLeaveNothingBehind() throws Exception {
        try (Worker holder = Worker.start(List.of(), Holder.class, "-Xmx64m", "-Dsets=" + SETS)) {
            Holdings before = Holdings.of(holder.expect("before"));
            Holdings open = Holdings.of(holder.expect("open", 900_000));
            Holdings closed = Holdings.of(holder.expect("closed", 900_000));
            System.out.printf(Locale.ROOT, "%,d sets at a time, each: %.1f descriptors, %.1f regions, %.1f threads, "
                    + "%,.0f KiB resident%n", SETS, each(open.descriptors() - before.descriptors()),
                    each(open.mappings() - before.mappings()), each(open.threads() - before.threads()),
                    each(open.residentKib() - before.residentKib()));
            assertTrue(each(open.descriptors() - before.descriptors()) <= DESCRIPTORS, before + ", then " + open);
            assertTrue(each(open.threads() - before.threads()) <= THREADS + 0.1, before + ", then " + open);
            assertEquals(before.descriptors(), closed.descriptors(), "descriptors");
            assertEquals(0, closed.mappings(), "regions");
            assertEquals(before.comObjects(), closed.comObjects(), "COM objects");
            assertTrue(closed.threads() <= before.threads() + 3, before + ", then " + closed); // of the JVM itself
        }
    }

    private static double each(long all) {
        return (double) all / SETS;
    }
}
