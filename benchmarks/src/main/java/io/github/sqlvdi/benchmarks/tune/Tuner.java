package io.github.sqlvdi.benchmarks.tune;

import io.github.sqlvdi.benchmarks.server.MeasuredJob;
import io.github.sqlvdi.benchmarks.server.Setting;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Searches the fastest setting by successive halving. The first rung makes one backup with each of some settings that are
 * far from each other. Each further rung keeps the better half and measures neighbours of what it keeps, the best ones
 * first, so that the field gets closer while it gets smaller. When nothing better is near, or the runs are used up, the
 * last rung measures the best few again: a single backup may have had luck.
 */
final class Tuner {

    /** Makes one backup. */
    @FunctionalInterface
    interface Trial {
        MeasuredJob run(Setting setting) throws IOException;
    }

    /** The settings that the last rung compares. */
    private static final int FINALISTS = 3;
    /** How far neighbours are looked for when the nearer ones are known. */
    private static final int FARTHEST = 2;
    private static final double NEARNESS = 3;

    private final Space space;
    private final Trial trial;
    private final double cpus;
    private final int rounds;
    private final int budget;
    private final Map<Space.Point, Candidate> measured = new LinkedHashMap<>();
    private int used;

    /**
     * Prepares a search.
     *
     * @param space the settings
     * @param trial makes a backup
     * @param cpus the CPUs that may work on average
     * @param rounds how often each of the last few is measured
     * @param budget backups in all, at least {@code 3 * rounds}
     */
    Tuner(Space space, Trial trial, double cpus, int rounds, int budget) {
        this.space = space;
        this.trial = trial;
        this.cpus = cpus;
        this.rounds = rounds;
        this.budget = budget;
    }

    /** {@return all that was measured, the fastest first, and behind them what needs too many CPUs} */
    List<Candidate> search() throws IOException {
        int last = FINALISTS * (rounds - 1);
        int field = Math.max(FINALISTS, (budget - last) / 3);
        for (Space.Point point : space.spread(Math.min(field, budget - last))) {
            measure(point);
        }
        int kept = Math.max(FINALISTS, measured.size() / 2);
        int steps = 1;
        while (used < budget - last && kept < 2 * measured.size()) {
            int most = Math.min(Math.max(kept, 2 * FINALISTS), budget - last - used);
            if (climb(kept, steps, most)) {
                kept = Math.max(FINALISTS, kept / 2);
                steps = 1;
            } else if (steps < FARTHEST) {
                steps++; // there may be a better hill behind a valley
            } else {
                kept *= 2;
                steps = 1;
            }
        }
        Optional<Candidate> next = unproven();
        while (next.isPresent() && used < budget) {
            run(next.get());
            next = unproven();
        }
        return ranking();
    }

    /** {@return one of the best few that was not measured often enough} */
    private Optional<Candidate> unproven() {
        return ranking().stream().limit(FINALISTS).filter(each -> each.runs().size() < rounds).findFirst();
    }

    /**
     * Measures neighbours of the best settings.
     *
     * @param kept how many have neighbours
     * @param steps how far a neighbour is
     * @param most how many neighbours at most
     * @return whether there was any that was not measured yet
     */
    private boolean climb(int kept, int steps, int most) throws IOException {
        List<Candidate> best = ranking();
        List<Space.Point> near = best.subList(0, Math.min(kept, best.size())).stream()
                .flatMap(candidate -> space.neighbours(candidate.point(), steps).stream()).distinct()
                .filter(point -> !measured.containsKey(point))
                .sorted(Comparator.comparingDouble(point -> -expected(point))).limit(most).toList();
        for (Space.Point point : near) {
            measure(point);
        }
        return !near.isEmpty();
    }

    /** {@return the mean rate of what was measured, where what is near weighs most} */
    private double expected(Space.Point point) {
        double rates = 0;
        double weights = 0;
        for (Candidate candidate : measured.values()) {
            double weight = 1 / Math.pow(point.distance(candidate.point()), NEARNESS);
            rates += weight * (fits(candidate) ? candidate.rate() : 0);
            weights += weight;
        }
        return rates / weights;
    }

    private void measure(Space.Point point) throws IOException {
        Candidate candidate = new Candidate(point, space.at(point).orElseThrow());
        run(candidate);
        measured.put(point, candidate);
    }

    private void run(Candidate candidate) throws IOException {
        candidate.add(trial.run(candidate.setting()));
        used++;
    }

    private List<Candidate> ranking() {
        return measured.values().stream().sorted(Comparator.comparing((Candidate each) -> !fits(each))
                .thenComparingDouble(each -> fits(each) ? -each.rate() : each.cpus())).toList();
    }

    /** {@return whether a candidate keeps within the CPUs} */
    boolean fits(Candidate candidate) {
        return candidate.cpus() <= cpus;
    }

    /** {@return how many backups were made} */
    int used() {
        return used;
    }

    /**
     * Returns the fastest setting that was measured in every round, which one lucky backup does not make.
     *
     * @param ranking what {@link #search} returned
     * @return the fastest
     * @throws IOException if every setting needs too many CPUs
     */
    Candidate fastest(List<Candidate> ranking) throws IOException {
        if (!fits(ranking.getFirst())) {
            throw new IOException(String.format(Locale.ROOT,
                    "every setting needs more than %.1f CPUs, the least %.1f: give --cpus more, or fewer --devices",
                    cpus,
                    ranking.getFirst().cpus()));
        }
        return ranking.stream().filter(each -> fits(each) && each.runs().size() >= rounds).findFirst()
                .orElse(ranking.getFirst());
    }

    /**
     * Chooses among the settings that are as good as the fastest and were measured as often: the one with the least memory
     * and the fewest devices.
     *
     * @param ranking what {@link #search} returned
     * @param tolerance the part of the rate that does not count, for example 0.01
     * @return the choice
     * @throws IOException if every setting needs too many CPUs
     */
    Candidate choose(List<Candidate> ranking, double tolerance) throws IOException {
        Candidate fastest = fastest(ranking);
        return ranking.stream()
                .filter(each -> fits(each) && each.runs().size() >= fastest.runs().size()
                        && each.rate() >= fastest.rate() * (1 - tolerance))
                .min(Comparator.comparingLong((Candidate each) -> each.setting().memory())
                        .thenComparingInt(each -> each.setting().devices()))
                .orElse(fastest);
    }
}
