package io.github.sqlvdi.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.internal.com.ComObjects;
import io.github.sqlvdi.internal.engine.Forger;
import io.github.sqlvdi.testing.TestData;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A process that knows the set's key writes wrong values with right check words, field by field, while server, primary and
 * secondary work and compare their data. Nobody crashes, hangs or fails otherwise than documented. Options:
 * {@code -Dsqlvdi.forgeries=50000 -Dsqlvdi.forgeries.seed=n}.
 */
@Timeout(3_600)
class ForgeryIT {
    private static final int FORGERIES = Integer.getInteger("sqlvdi.forgeries", 600);
    private static final long SEED = Long.getLong("sqlvdi.forgeries.seed", 20_261_126L);
    private static final int DEVICES = 2;
    private static final int COMMANDS = 400;
    private static final int SIZE = 4_096;
    private static final int MOST_A_SET = 40;
    /** What a forger of a record can do that passes every check; docs/processes.md says so. */
    private static final List<String> WRONG_DATA = List.of("wrong_data", "completed_with", "Flush_ended_with");

    @Test
    void forgedValuesEndTheSetAndNothingElse() throws Exception {
        Random random = new Random(SEED);
        Map<String, Integer> ends = new TreeMap<>();
        int live = ComObjects.liveCount();
        int done = 0;
        while (done < FORGERIES) {
            done += round(TestData.setName(), random, Math.min(FORGERIES - done, random.nextInt(1, MOST_A_SET)), ends);
        }
        System.out.printf(Locale.ROOT, "%d forgeries (seed %d), ends (primary / secondary / server): %s%n", done, SEED,
                ends);
        assertEquals(live, ComObjects.liveCount(), "COM objects left");
        assertTrue(ends.keySet().stream().anyMatch(end -> end.contains("VD_E_ABORT")), "no forgery was ever noticed");
    }

    private int round(String name, Random random, int most, Map<String, Integer> ends) throws Exception {
        Lines primaryLines = new Lines("the primary of " + name + " of seed " + SEED);
        Lines secondaryLines = new Lines("the secondary of " + name + " of seed " + SEED);
        Lines serverLines = new Lines("the server of " + name + " of seed " + SEED);
        CountDownLatch maySecondaryCome = new CountDownLatch(1);
        ClientRole primary = new ClientRole(name, List.of(0), COMMANDS, SIZE, line -> {
            primaryLines.accept(line);
            if (!line.equals("created")) {
                maySecondaryCome.countDown();
            }
        });
        ClientRole secondary = new ClientRole(name, List.of(1), COMMANDS, SIZE, secondaryLines);
        ServerRole server = new ServerRole(name, DEVICES, COMMANDS, SIZE, 3,
                random.nextBoolean() ? "restore" : "backup", serverLines);
        primary.allowClose();
        secondary.allowClose();
        VdiConfig config = VdiConfig.builder().deviceCount(DEVICES).serverTimeOut(Duration.ofSeconds(2)).build();
        Thread primaryThread = Thread.ofPlatform().start(() -> primary.primary(config));
        primaryLines.await("created");
        int forgeries;
        try (Forger forger = Forger.of(name, random)) {
            Thread serverThread = Thread.ofPlatform().start(server::run);
            Thread secondaryThread = Thread.ofPlatform().start(() -> {
                try {
                    maySecondaryCome.await();
                    secondary.secondary();
                } catch (InterruptedException e) {
                    secondaryLines.accept("ended " + e);
                }
            });
            forgeries = forger.forgeWhile(serverThread::isAlive, DEVICES, most);
            String serverEnd = serverLines.await("ended");
            if (!serverEnd.startsWith("ended OK")) {
                primary.abort(); // as the statement's end would make the application do
            }
            primaryThread.join();
            secondaryThread.join();
            serverThread.join();
            String primaryEnd = primaryLines.await("ended");
            String secondaryEnd = secondaryLines.await("ended");
            ends.merge(code(primaryEnd, name) + " / " + code(secondaryEnd, name) + " / " + code(serverEnd, name), 1,
                    Integer::sum);
        }
        return forgeries;
    }

    /** {@return a code of the interface, success, or "data"; any other end fails the test} */
    private static String code(String end, String name) {
        String code = end.split(" ")[1];
        if (WRONG_DATA.stream().anyMatch(code::contains)) {
            return "data";
        }
        assertTrue(code.equals("OK") || code.startsWith("VD_E_"), name + " of seed " + SEED + ": " + end);
        return code;
    }
}
