package io.github.sqlvdi.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of calls against the small model of the state tables ({@link SetModel}). Everything random comes
 * from one seed: {@code sqlvdi.random.seed} and {@code sqlvdi.random.steps} repeat or lengthen a run. A sequence is cut
 * into episodes with fresh objects, so that what fails is short; what is then reported is the episode's prefix up to
 * the disagreement, with every step taken out that is not needed for it.
 */
class RandomSequencesTest {

    private static final long SEED = Long.getLong("sqlvdi.random.seed", 20_240_607);
    private static final int STEPS = Integer.getInteger("sqlvdi.random.steps", 40_000);
    private static final int LONGEST_EPISODE = 400;
    /** How often a failing episode is played again to shorten it. */
    private static final int MAX_REPLAYS = 500;

    /** Results that show that the sequences get everywhere: to the end of sets, into every error. */
    private static final List<String> MUST_HAPPEN = List.of("GetCommand(0) -> NOERROR", "GetCommand(0) -> VD_E_CLOSE",
            "GetCommand(0) -> VD_E_ABORT", "GetCommand(0) -> VD_E_PROTOCOL", "OpenDevice(nobody) -> VD_E_OPEN",
            "OpenDevice(nobody) -> VD_E_INVALID", "Close -> VD_E_OPEN", "OpenInSecondaryEx -> NOERROR",
            "OpenInSecondaryEx -> VD_E_ABORT", "CompleteCommand(active, 1117) -> NOERROR",
            "CompleteCommand(not active, 0) -> VD_E_INVALID", "MapBufferHandle -> NOERROR",
            "MapBufferHandle -> VD_E_INVALID", "GetBufferHandle -> NOERROR", "AllocateBuffer -> VD_E_MEMORY",
            "SendCommand(VDC_Write) -> NOERROR", "SendCommand(VDC_Flush) -> VD_E_IO_ERROR",
            "SendCommand(VDC_Flush) -> VD_E_ABORT", "CloseDevice -> VD_E_CLOSE", "server Close -> NOERROR",
            "server Close -> VD_E_PROTOCOL", "server OpenDevice -> VD_E_OPEN");

    private final VdiUnderTest vdi = new EmbeddedVdiUnderTest();

    /** What an episode came to: how many steps were made, and what failed, if anything. */
    private record Outcome(int drawn, int made, List<String> trace, Throwable failure) {
    }

    @Test
    void randomSequencesAgreeWithTheStateTables() {
        Random random = new Random(SEED);
        Map<String, Integer> happened = new TreeMap<>();
        int made = 0;
        for (int episode = 0; made < STEPS; episode++) {
            int devices = 1 + random.nextInt(3);
            List<RandomStep> steps = new ArrayList<>();
            int length = 1 + random.nextInt(LONGEST_EPISODE);
            for (int i = 0; i < length; i++) {
                steps.add(RandomStep.next(random));
            }
            Outcome outcome = play(devices, steps);
            if (outcome.failure != null) {
                report(episode, devices, steps.subList(0, outcome.drawn), outcome);
            }
            made += outcome.made;
            outcome.trace
                    .forEach(line -> happened.merge(line.replaceAll("^(primary|secondary) ", ""), 1, Integer::sum));
        }
        int total = made;
        assertTrue(happened.keySet().containsAll(MUST_HAPPEN),
                () -> "seed " + SEED + " in " + total + " steps never came to all of " + MUST_HAPPEN + ": " + happened);
        System.out.println("Random sequences, seed " + SEED + ", " + made + " steps: " + happened);
    }

    private Outcome play(int devices, List<RandomStep> steps) {
        RandomWorld world = new RandomWorld(vdi, devices);
        int made = 0;
        int drawn = 0;
        Throwable failure = null;
        try {
            for (RandomStep step : steps) {
                drawn++;
                made += world.make(step) ? 1 : 0;
            }
        } catch (RuntimeException | AssertionError e) {
            failure = e;
        }
        try {
            world.close();
        } catch (RuntimeException | AssertionError e) {
            failure = failure == null ? e : failure;
        }
        return new Outcome(drawn, made, world.trace, failure);
    }

    /** Takes out step after step as long as the same kind of failure remains. */
    private void report(int episode, int devices, List<RandomStep> failing, Outcome first) {
        List<RandomStep> steps = new ArrayList<>(failing);
        Outcome shortest = first;
        int replays = 0;
        for (int i = steps.size() - 1; i >= 0 && replays < MAX_REPLAYS; i--, replays++) {
            List<RandomStep> fewer = new ArrayList<>(steps);
            fewer.remove(i);
            Outcome outcome = play(devices, fewer);
            if (outcome.failure != null) {
                steps = fewer.subList(0, outcome.drawn);
                i = Math.min(i, steps.size());
                shortest = outcome;
            }
        }
        fail("seed " + SEED + ", episode " + episode + ", " + devices + " devices: " + first.failure.getMessage()
                + "\nShortest failing sequence (" + shortest.failure.getMessage() + "):\n  "
                + String.join("\n  ", shortest.trace), shortest.failure);
    }
}
