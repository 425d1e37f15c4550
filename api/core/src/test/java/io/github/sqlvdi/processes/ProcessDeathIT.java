package io.github.sqlvdi.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.internal.engine.Hosts;
import io.github.sqlvdi.testing.MachineLag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments to server, primary or secondary of a working set: the others come back within a
 * second, and nothing remains. Each process has ended a set before, so that the second is not spent in loading classes for a
 * call that begins after the kill. Options: {@code -Dsqlvdi.kills=200 -Dsqlvdi.kills.seed=n}, as {@code .ci/run} has them.
 */
@Timeout(1_800)
class ProcessDeathIT {
    private static final int KILLS = Integer.getInteger("sqlvdi.kills", 10);
    private static final long SEED = Long.getLong("sqlvdi.kills.seed", 20_261_121L);
    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final int SERVER = 0;
    private static final int PRIMARY = 1;
    private static final int SECONDARY = 2;
    private static final String[] IDS = {"s", "p", "c"};

    @TempDir(factory = SharedMemoryDirectory.class)
    Path directory;

    private final Worker[] workers = new Worker[3];

    @BeforeEach
    void start() throws Exception {
        System.setProperty("io.github.sqlvdi.directory", directory.resolve("sets").toString());
        for (int i = 0; i < workers.length; i++) {
            workers[i] = Worker.start();
            workers[i].tell("warm w");
        }
        for (Worker worker : workers) {
            worker.expect("w warm");
        }
    }

    @AfterEach
    void stop() {
        System.clearProperty("io.github.sqlvdi.directory");
        for (Worker worker : workers) {
            worker.close();
        }
    }

    @Test
    void survivorsOfRandomKillsReturnWithinASecondAndNothingRemains() throws Exception {
        try (MachineLag lag = MachineLag.start()) {
            killAndLook(new Random(SEED), lag);
        }
    }

    private void killAndLook(Random random, MachineLag lag) throws Exception {
        long slowest = 0;
        String machine = "";
        for (int round = 0; round < KILLS; round++) {
            String where = "round " + round + " of seed " + SEED;
            int victim = random.nextInt(3);
            int steps = random.nextInt(5);
            begin("kill-" + round, steps);
            LockSupport.parkNanos(random.nextInt(20_000_000)); // the moment of the kill is what is random
            lag.reset();
            long killed = System.nanoTime();
            workers[victim].kill();
            if (victim == SECONDARY && steps < 4 || victim == SERVER && steps < 2) {
                workers[PRIMARY].tell("abort p"); // who never joined is missed by the primary alone (VDI reference 11.3)
            }
            for (int i = 0; i < workers.length; i++) {
                if (i != victim && started(i, steps)) {
                    String end = workers[i].expect(IDS[i] + " ended");
                    long millis = (System.nanoTime() - killed) / 1_000_000;
                    assertTrue(millis <= lag.limit(BOUND).toMillis(),
                            where + ": " + end + " after " + millis + " ms; " + lag.describe(BOUND));
                    if (millis >= slowest) {
                        slowest = millis;
                        machine = IDS[i] + " of round " + round + ", victim " + IDS[victim] + " after " + steps
                                + " steps; "
                                + lag.describe(BOUND);
                    }
                    assertTrue(isDocumented(end), where + ", victim " + IDS[victim] + ": " + end);
                }
            }
            if (victim == PRIMARY && steps < 2) {
                // perhaps nobody else was in the set: then whoever looks for sets next removes what is left of it
                assertEquals(List.of(), Hosts.current().names().list(), where);
            }
            assertNothingRemains(where, victim);
            workers[victim] = Worker.start();
            workers[victim].tell("warm w");
            workers[victim].expect("w warm");
        }
        System.out.printf(Locale.ROOT, "%d kills (seed %d): the slowest survivor came back after %d ms; %s%n", KILLS,
                SEED, slowest, machine);
    }

    /** Takes a set through some of: created, server opening, configured, secondary joining, working. */
    private void begin(String set, int steps) throws Exception {
        String work = "1000000 65536";
        workers[PRIMARY].tell(String.format(Locale.ROOT, "primary p %s 2 0 %s 0", set, work));
        if (steps >= 1) {
            workers[PRIMARY].expect("p created");
            workers[SERVER].tell(String.format(Locale.ROOT, "server s %s 2 %s 4 backup", set, work));
        }
        if (steps >= 2) {
            workers[PRIMARY].expect("p configured");
        }
        if (steps >= 3) {
            workers[SECONDARY].tell(String.format(Locale.ROOT, "secondary c %s 1 %s", set, work));
        }
        if (steps >= 4) {
            workers[SECONDARY].expect("c joined");
        }
    }

    private static boolean started(int role, int steps) {
        return switch (role) {
            case PRIMARY -> true;
            case SERVER -> steps >= 1;
            default -> steps >= 3;
        };
    }

    private static boolean isDocumented(String end) {
        String code = end.split(" ")[2];
        return switch (code) {
            // what the reference lists for a set that is aborting, gone, or was not found any more
            case "VD_E_ABORT", "VD_E_PROTOCOL", "VD_E_INVALID", "VD_E_OPEN" -> true;
            default -> false;
        };
    }

    private void assertNothingRemains(String where, int victim) throws Exception {
        List<String> remains = new ArrayList<>();
        if (Files.exists(directory.resolve("sets"))) {
            try (Stream<Path> files = Files.walk(directory.resolve("sets"))) {
                files.skip(1).forEach(file -> remains.add(file.toString()));
            }
        }
        for (int i = 0; i < workers.length; i++) {
            if (i != victim) {
                workers[i].tell("mappings " + IDS[i]);
                assertEquals(IDS[i] + " mappings []", workers[i].expect(IDS[i] + " mappings"), where);
            }
        }
        assertEquals(List.of(), remains, where);
    }
}
