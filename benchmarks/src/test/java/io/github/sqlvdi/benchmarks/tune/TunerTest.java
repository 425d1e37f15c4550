package io.github.sqlvdi.benchmarks.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.benchmarks.server.MeasuredJob;
import io.github.sqlvdi.benchmarks.server.Setting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The search against modelled machines, whose every setting is computed as well. */
class TunerTest {

    static final Space EVERYTHING = new Space(List.of(1 << 16, 1 << 17, 1 << 18, 1 << 19, 1 << 20, 1 << 21, 1 << 22),
            List.of(1, 2, 4, 8, 16, 32), List.of(1, 2, 4, 8, 16, 32), List.of("none"), 256 << 20);
    static final int ROUNDS = 3;
    private static final long BYTES = 64 << 20;

    @Test
    void theSearchFindsTheOptimumOfAnyMachineWithinThreePercentInATenthOfTheRuns() throws IOException {
        int exhaustive = EVERYTHING.points().size() * ROUNDS;
        List<String> missed = new ArrayList<>();
        for (long seed = 0; seed < 60; seed++) {
            ModelledDisk disk = ModelledDisk.any(seed);
            Tuner tuner = new Tuner(EVERYTHING, setting -> disk.backup(setting, transfers(setting)),
                    Double.MAX_VALUE, ROUNDS, exhaustive / 10);
            double found = tuner.choose(tuner.search(), 0.01).rate();
            double best = EVERYTHING.points().stream().map(point -> EVERYTHING.at(point).orElseThrow())
                    .mapToDouble(setting -> disk.backup(setting, transfers(setting)).rate()).max().orElseThrow();
            assertTrue(tuner.used() <= exhaustive / 10, () -> tuner.used() + " of " + exhaustive);
            if (found < 0.97 * best) {
                missed.add(seed + ": " + found / best + " with " + disk);
            }
        }
        assertEquals(List.of(), missed);
    }

    @Test
    void aLuckyBackupDoesNotWin() throws IOException {
        Map<Setting, Integer> runs = new HashMap<>();
        SplittableRandom luck = new SplittableRandom(7);
        Tuner tuner = new Tuner(EVERYTHING, setting -> {
            int before = runs.merge(setting, 1, Integer::sum);
            return new MeasuredJob(BYTES, before == 1 && luck.nextInt(20) == 0 ? 0.5 : 1, 1);
        }, Double.MAX_VALUE, ROUNDS, 75);
        List<Candidate> ranking = tuner.search();
        Candidate choice = tuner.choose(ranking, 0.01);
        assertEquals(ROUNDS, choice.runs().size());
        assertEquals(BYTES / 1e9, choice.rate(), 1e-9);
    }

    @Test
    void settingsAboveTheLimitsAreNotRecommended() throws IOException {
        ModelledDisk disk = new ModelledDisk(4e9, 1e-5, 1e9, 1e-5, 1e10, 0, 8, 1e-5, 1e-9, Long.MAX_VALUE);
        Space small = new Space(EVERYTHING.sizes(), EVERYTHING.buffersEach(), EVERYTHING.devices(), List.of("none"),
                16 << 20);
        Tuner tuner = new Tuner(small, setting -> disk.backup(setting, transfers(setting)), 2, ROUNDS, 75);
        List<Candidate> ranking = tuner.search();
        Candidate choice = tuner.choose(ranking, 0.01);
        assertTrue(choice.cpus() <= 2 && choice.setting().memory() <= 16 << 20, choice.setting()::toString);
        assertTrue(ranking.stream().anyMatch(each -> each.cpus() > 2), "no setting needed more than two CPUs");
        Tuner none = new Tuner(small, setting -> disk.backup(setting, transfers(setting)), 0.01, ROUNDS, 75);
        List<Candidate> all = none.search();
        assertTrue(assertThrows(IOException.class, () -> none.choose(all, 0.01)).getMessage().contains("--cpus"));
    }

    @Test
    void lessMemoryIsPreferredAmongEquals() throws IOException {
        Tuner tuner = new Tuner(EVERYTHING, setting -> new MeasuredJob(BYTES, 1, 1), Double.MAX_VALUE, 1, 252);
        Candidate choice = tuner.choose(tuner.search(), 0.01);
        assertEquals(new Setting(1 << 16, 1, 1, "none"), choice.setting());
    }

    /** A backup of 64 MiB, spread evenly. */
    private static List<List<Integer>> transfers(Setting setting) {
        int each = (int) (BYTES / setting.devices() / setting.transferSize());
        return Collections.nCopies(setting.devices(),
                Collections.nCopies(Math.max(1, each), setting.transferSize()));
    }
}
