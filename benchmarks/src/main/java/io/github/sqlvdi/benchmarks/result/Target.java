package io.github.sqlvdi.benchmarks.result;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * A figure that must hold, and its measured value.
 *
 * @param what the figure in words
 * @param limit the limit in words
 * @param measured the value
 * @param distance of the CPUs, empty where it does not matter
 * @param met whether the limit holds
 */
record Target(String what, String limit, double measured, String distance, boolean met) {

    private static final String COPY = "copy in + copy out";
    private static final String HAND_OFF = "hand-off round trip";
    private static final String CALLS = "calls in windows";
    private static final String OURS = "sqlvdi";
    /** In the suite of hand-offs. */
    private static final String FOUR_UPCALLS = "four upcalls";

    /** {@return every figure for which the results have the numbers} */
    static List<Target> of(Results results) {
        List<Target> targets = new ArrayList<>();
        most(targets, "vtable call / JNI, without a neighbour", 1.02, results.ratio(CALLS, OURS, "jni", Map.of()));
        most(targets, "vtable call / JNI", 1.05, results.ratio("VtableCall", OURS, "jni", Map.of()));
        most(targets, "vtable call / JNA direct", 0.1, results.ratio("VtableCall", OURS, "jnaDirect", Map.of()));
        value(targets, "vtable call, B/op", 0.5, results.find("VtableCall", OURS, Map.of("metric", "allocated")));
        Map<String, String> alone = Map.of("devices", "1", "inFlight", "1", "placement", "APART");
        results.nearest("CommandRoundTrip", "command", with(alone, "metric", "p50"))
                .ifPresent(found -> most(targets, "command round trip in one process, p50, ns", 400,
                        Optional.of(new Results.Ratio(found.median(), found.parameters().getOrDefault("cpus", "")))));
        value(targets, "command round trip in one process, B/op", 0.5,
                results.find("CommandRoundTrip", "command", with(alone, "metric", "allocated")));
        for (String size : List.of("64 KiB", "1 MiB", "4 MiB")) {
            Map<String, String> sized = Map.of("size", size);
            double ring = size.equals("64 KiB") ? 0.8 : 0.9;
            least(targets, COPY + ", " + size + ", / C ring", ring, results.ratio(COPY, OURS, "C ring", sized));
            least(targets, COPY + ", " + size + ", memcpy / C ring", ring,
                    results.ratio(COPY, "sqlvdi, memcpy", "C ring", sized));
            least(targets, COPY + ", " + size + ", / Unix socket", 3, results.ratio(COPY, OURS, "Unix socket", sized));
            least(targets, COPY + ", " + size + ", / Aeron IPC", 6, results.ratio(COPY, OURS, "Aeron IPC", sized));
            least(targets, COPY + ", " + size + ", / pipe", 7, results.ratio(COPY, OURS, "pipe", sized));
        }
        for (String waiting : List.of("spinning", "asleep")) {
            most(targets, HAND_OFF + ", " + waiting + ", p50, / C ring", 1.3,
                    results.ratio(HAND_OFF, OURS, "C ring", Map.of("waiting", waiting, "metric", "p50")));
        }
        handOffAndCalls(results).ifPresent(ratio -> most(targets,
                HAND_OFF + ", spinning, p50, / C ring and four upcalls", 1.1, Optional.of(ratio)));
        value(targets, "idle device, client and agent, % of a CPU", 0.1, results.find("idle device", OURS, Map.of()));
        least(targets, "64 devices together / one device", 0.95, results.ratio("devices together", OURS,
                Map.of("devices", "64"), OURS, Map.of("devices", "1")));
        least(targets, "64 devices together / one device, 2 MiB for each", 0.95, results.ratio("devices together",
                OURS + ", 2 MiB for each", Map.of("devices", "64"), OURS + ", 2 MiB for each", Map.of("devices", "1")));
        least(targets, "64 devices together / C ring with the buffers of one", 0.95, results.ratio("devices together",
                OURS, "C ring with the buffers of one device", Map.of("devices", "64")));
        value(targets, "small log backup, one at a time, CPU ms", 5,
                results.find("small log backups", "to nowhere, CPU time of a job", Map.of("together", "1")));
        value(targets, "start of sqlvdi explain, s", 0.25,
                results.find("start of a process", "sqlvdi explain", Map.of()));
        results.measurements().stream().filter(found -> found.suite().equals("backup file to file")).findFirst()
                .ifPresent(any -> least(targets, "backup file to file / cat", 0.95,
                        results.ratio(any.suite(), OURS, "cat", any.parameters())));
        pipeline(targets, results);
        return targets;
    }

    /** Prints the figures as a Markdown table; nothing if there are none. */
    static void print(List<Target> targets, PrintStream out) {
        if (targets.isEmpty()) {
            return;
        }
        out.printf(Locale.ROOT,
                "%n### What must hold%n%n| figure | CPUs | must be | measured | |%n|---|---|---:|---:|---|%n");
        for (Target target : targets) {
            out.printf(Locale.ROOT, "| %s | %s | %s | %s | %s |%n", target.what, target.distance, target.limit,
                    ResultTable.number(target.measured), target.met ? "met" : "**missed**");
        }
    }

    private static void pipeline(List<Target> targets, Results results) {
        Map<String, Double> limits = Map.of("1", 1.8, "3", 1.4, "6", 1.05);
        for (String level : List.of("1", "3", "6")) {
            String zstd = "zstd -qc -T2 -" + level;
            least(targets, "backup, zstd:" + level + " / zstd -T2", limits.get(level),
                    ratio(results, "zstd:" + level, zstd));
            if (!level.equals("6")) {
                least(targets, "backup, zstd:" + level + " and age / cat, zstd -T2, age", 1.4,
                        ratio(results, "zstd:" + level + ", age", "cat | " + zstd + " | age -r ..."));
            }
        }
        Map<String, String> random = Map.of("data", "random", "codecs", "age");
        least(targets, "backup, random, age / cat, age", 1,
                results.ratio("pipeline", OURS, with(random, "devices", "1"),
                        "cat | age -r ...", random));
        Map<String, String> both = Map.of("data", "rows", "codecs", "zstd:3, age");
        least(targets, "decoding, zstd:3 and age / age -d, zstd -d", 0.9, results.ratio("pipeline, decoding",
                "sqlvdi, decode", both, "age -d -i ... | zstd -dcq", both));
        Map<String, String> stored = Map.of("data", "rows", "codecs", "zstd:3", "metric", "stored");
        most(targets, "bytes stored, zstd:3 / one long frame", 1.04, results.ratio("pipeline", OURS,
                with(stored, "devices", "1"), "zstd -3, one long frame", stored));
    }

    private static Optional<Results.Ratio> ratio(Results results, String codecs, String peer) {
        Map<String, String> rows = Map.of("data", "rows", "codecs", codecs);
        return results.ratio("pipeline", OURS, with(rows, "devices", "1"), peer, rows);
    }

    /**
     * {@return the hand-off over what it cannot be below: the C ring's, and four calls into a COM object made by Java}
     * The calls are those that were measured beside the hand-offs, or those of another suite.
     */
    private static Optional<Results.Ratio> handOffAndCalls(Results results) {
        Map<String, String> spinning = Map.of("waiting", "spinning", "metric", "p50");
        OptionalDouble calls = Stream.concat(
                results.find(HAND_OFF, FOUR_UPCALLS, Map.of("waiting", "spinning")).map(Measurement::median).stream(),
                results.find(CALLS, "upcall", Map.of()).or(() -> results.find("VtableCall", "upcall", Map.of()))
                        .map(found -> 4 * found.median()).stream())
                .mapToDouble(Double::doubleValue).findFirst();
        if (calls.isEmpty()) {
            return Optional.empty();
        }
        return Stream.concat(Results.DISTANCES.stream(), Stream.of("")).flatMap(distance -> {
            Map<String, String> there = distance.isEmpty() ? spinning : with(spinning, "cpus", distance);
            Optional<Measurement> ours = results.find(HAND_OFF, OURS, there);
            Optional<Measurement> ring = results.find(HAND_OFF, "C ring", there);
            return ours.isPresent() && ring.isPresent()
                    ? Stream.of(new Results.Ratio(
                            ours.get().median() / (ring.get().median() + calls.getAsDouble()), distance))
                    : Stream.empty();
        }).findFirst();
    }

    private static Map<String, String> with(Map<String, String> parameters, String key, String value) {
        Map<String, String> more = new java.util.HashMap<>(parameters);
        more.put(key, value);
        return more;
    }

    private static void most(List<Target> targets, String what, double limit, Optional<Results.Ratio> ratio) {
        ratio.ifPresent(found -> targets.add(new Target(what, "at most " + ResultTable.number(limit), found.value(),
                found.distance(), found.value() <= limit)));
    }

    private static void least(List<Target> targets, String what, double limit, Optional<Results.Ratio> ratio) {
        ratio.ifPresent(found -> targets.add(new Target(what, "at least " + ResultTable.number(limit), found.value(),
                found.distance(), found.value() >= limit)));
    }

    /** Adds a median that must not exceed the limit. Below half a byte an operation allocates nothing. */
    private static void value(List<Target> targets, String what, double limit, Optional<Measurement> measurement) {
        measurement.ifPresent(found -> targets.add(new Target(what, "at most " + ResultTable.number(limit),
                found.median(), "", found.median() <= limit)));
    }
}
