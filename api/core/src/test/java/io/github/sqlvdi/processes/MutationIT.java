package io.github.sqlvdi.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.internal.com.ComObjects;
import io.github.sqlvdi.internal.engine.RegionMutator;
import io.github.sqlvdi.testing.TestData;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The control region is overwritten at random places while server and client work: whatever comes of it, nobody crashes,
 * hangs, or takes wrong data for good. Options: {@code -Dsqlvdi.mutations=100000 -Dsqlvdi.mutations.seed=n}, as
 * {@code .ci/run} has them.
 */
@Timeout(3_600)
class MutationIT {
    private static final int MUTATIONS = Integer.getInteger("sqlvdi.mutations", 3_000);
    private static final long SEED = Long.getLong("sqlvdi.mutations.seed", 20_261_121L);
    private static final int DEVICES = 2;
    private static final int COMMANDS = 400;
    private static final int SIZE = 4_096;

    @Test
    void damagedSharedMemoryEndsTheSetAndNothingElse() throws Exception {
        Random random = new Random(SEED);
        Map<String, Integer> ends = new TreeMap<>();
        int live = ComObjects.liveCount();
        int done = 0;
        while (done < MUTATIONS) {
            done += round(TestData.setName(), random, MUTATIONS - done, ends);
        }
        System.out.printf(Locale.ROOT, "%d mutations (seed %d), ends (client / server): %s%n", done, SEED, ends);
        assertEquals(live, ComObjects.liveCount(), "COM objects left");
        assertTrue(ends.keySet().stream().anyMatch(end -> end.contains("VD_E_ABORT")), "no mutation was ever noticed");
    }

    private int round(String name, Random random, int most, Map<String, Integer> ends) throws Exception {
        Lines clientLines = new Lines("the client of " + name + " of seed " + SEED);
        Lines serverLines = new Lines("the server of " + name + " of seed " + SEED);
        ClientRole client = new ClientRole(name, List.of(0, 1), COMMANDS, SIZE, clientLines);
        ServerRole server =
                new ServerRole(name, DEVICES, COMMANDS, SIZE, 3, random.nextBoolean() ? "restore" : "backup",
                        serverLines);
        client.allowClose();
        Thread clientThread = Thread.ofPlatform()
                .start(() -> client.primary(VdiConfig.builder().deviceCount(DEVICES).build()));
        clientLines.await("created");
        int mutations;
        try (RegionMutator mutator = RegionMutator.of(name, random)) {
            Thread serverThread = Thread.ofPlatform().start(server::run);
            mutations = mutator.mutateWhile(serverThread::isAlive, Math.min(most, random.nextInt(1, 200)));
            String serverEnd = serverLines.await("ended");
            if (!serverEnd.startsWith("ended OK")) {
                client.abort(); // as the statement's end would make the application do
            }
            String clientEnd = clientLines.await("ended");
            assertHarmless(serverEnd, name);
            assertHarmless(clientEnd, name);
            ends.merge(clientEnd.split(" ")[1] + " / " + serverEnd.split(" ")[1], 1, Integer::sum);
            serverThread.join();
        }
        clientThread.join();
        return mutations;
    }

    /** A code of the interface or success; wrong data, an unexpected exception or a lost command is none. */
    private static void assertHarmless(String end, String name) {
        String code = end.split(" ")[1];
        assertTrue(code.equals("OK") || code.startsWith("VD_E_"), name + " of seed " + SEED + ": " + end);
    }
}
