package io.github.sqlvdi.benchmarks.result;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Converts the results of JMH into the form of this jar: the score of each iteration, percentiles, and bytes allocated
 * per operation.
 */
final class JmhResults {

    /** The counter of BufferPath. A run that has it needs no number of operations, which would say nothing more. */
    private static final String RATE = "gigabytes";

    private static final String ALLOCATED = "gc.alloc.rate.norm";
    /** What CpuProbe of this jar adds to each iteration. */
    private static final String CPUS_BEFORE = "cpus.before";
    private static final String CPUS_AFTER = "cpus.after";

    private static final List<Double> PERCENTILES = List.of(50.0, 99.0, 99.9);

    private JmhResults() {
    }

    static ResultFile of(JsonArray runs) {
        List<Measurement> measurements = new ArrayList<>();
        String jdk = "";
        for (JsonElement element : runs) {
            JsonObject run = element.getAsJsonObject();
            jdk = "JMH " + run.get("jmhVersion").getAsString() + ", " + run.get("forks").getAsInt() + " forks";
            add(run, measurements);
        }
        return new ResultFile(null, jdk, measurements);
    }

    private static void add(JsonObject run, List<Measurement> measurements) {
        String full = run.get("benchmark").getAsString();
        String suite = full.substring(full.lastIndexOf('.', full.lastIndexOf('.') - 1) + 1, full.lastIndexOf('.'));
        String name = full.substring(full.lastIndexOf('.') + 1);
        Map<String, String> parameters = new LinkedHashMap<>();
        if (run.has("params")) {
            run.getAsJsonObject("params").entrySet()
                    .forEach(entry -> parameters.put(entry.getKey(),
                            value(entry.getKey(), entry.getValue().getAsString())));
        }
        JsonObject metrics = run.getAsJsonObject("secondaryMetrics");
        List<String> distances = distances(metrics);
        JsonObject primary = run.getAsJsonObject("primaryMetric");
        String unit = primary.get("scoreUnit").getAsString();
        boolean throughput = unit.startsWith("ops/");
        if (run.get("mode").getAsString().equals("sample")) {
            addPercentiles(suite, name, parameters, distances, unit, primary, measurements);
        } else if (!metrics.has(RATE)) {
            addByDistance(new Measurement(suite, name, parameters, unit, throughput,
                    flat(primary.getAsJsonArray("rawData"))), distances, measurements);
        }
        metrics.entrySet().forEach(metric -> {
            String label = metric.getKey().replace("·", "");
            JsonObject value = metric.getValue().getAsJsonObject();
            if (label.equals(ALLOCATED)) {
                if (!run.get("mode").getAsString().equals("sample")) {
                    measurements
                            .add(new Measurement(suite, name, with(parameters, "metric", "allocated"), "B/op", false,
                                    flat(value.getAsJsonArray("rawData"))));
                }
            } else if (label.equals(RATE)) {
                addByDistance(new Measurement(suite, name, parameters, "GB/s", true,
                        flat(value.getAsJsonArray("rawData"))), distances, measurements);
            }
        });
    }

    /** {@return the distance of the CPUs in each iteration; empty if it was not probed} */
    private static List<String> distances(JsonObject metrics) {
        if (!metrics.has(CPUS_BEFORE) || !metrics.has(CPUS_AFTER)) {
            return List.of();
        }
        List<Double> before = flat(metrics.getAsJsonObject(CPUS_BEFORE).getAsJsonArray("rawData"));
        List<Double> after = flat(metrics.getAsJsonObject(CPUS_AFTER).getAsJsonArray("rawData"));
        List<String> distances = new ArrayList<>();
        for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
            distances.add(Distance.of(before.get(i), after.get(i)));
        }
        return distances;
    }

    private static String common(List<String> distances) {
        return distances.stream().distinct().count() == 1 ? distances.getFirst() : Distance.MIXED;
    }

    /** Adds a measurement for each distance of the CPUs, with the iterations at that distance. */
    private static void addByDistance(Measurement all, List<String> distances, List<Measurement> measurements) {
        if (distances.size() != all.values().size()) { // not probed
            measurements.add(all);
            return;
        }
        for (String distance : distances.stream().distinct().sorted().toList()) {
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < distances.size(); i++) {
                if (distances.get(i).equals(distance)) {
                    values.add(all.values().get(i));
                }
            }
            measurements.add(new Measurement(all.suite(), all.name(), with(all.parameters(), "cpus", distance),
                    all.unit(), all.higherIsBetter(), values));
        }
    }

    private static String value(String parameter, String value) {
        return parameter.equals("size") ? ResultTable.size(Long.parseLong(value)) : value;
    }

    /**
     * Adds the percentiles of single operations, for each distance of the CPUs those of the iterations at that distance.
     * A file without the histograms of the iterations has the percentiles of all together.
     */
    private static void addPercentiles(String suite, String name, Map<String, String> parameters,
            List<String> distances, String unit, JsonObject primary, List<Measurement> measurements) {
        List<JsonArray> histograms = histograms(primary);
        if (distances.isEmpty() || histograms.size() != distances.size()) {
            JsonObject percentiles = primary.getAsJsonObject("scorePercentiles");
            Map<String, String> all =
                    distances.isEmpty() ? parameters : with(parameters, "cpus", common(distances));
            for (double percentile : PERCENTILES) {
                measurements.add(new Measurement(suite, name, with(all, "metric", metric(percentile)), unit, false,
                        List.of(percentiles.get(String.valueOf(percentile)).getAsDouble())));
            }
            return;
        }
        for (String distance : distances.stream().distinct().sorted().toList()) {
            TreeMap<Double, Long> counts = new TreeMap<>();
            for (int i = 0; i < distances.size(); i++) {
                if (distances.get(i).equals(distance)) {
                    for (JsonElement each : histograms.get(i)) {
                        JsonArray valueAndCount = each.getAsJsonArray();
                        counts.merge(valueAndCount.get(0).getAsDouble(), valueAndCount.get(1).getAsLong(), Long::sum);
                    }
                }
            }
            for (double percentile : PERCENTILES) {
                measurements.add(new Measurement(suite, name,
                        with(with(parameters, "cpus", distance), "metric", metric(percentile)), unit, false,
                        List.of(percentile(counts, percentile))));
            }
        }
    }

    /** {@return the values of each iteration with their counts, of all forks; empty if the file has none} */
    private static List<JsonArray> histograms(JsonObject primary) {
        List<JsonArray> histograms = new ArrayList<>();
        if (primary.has("rawDataHistogram")) {
            for (JsonElement fork : primary.getAsJsonArray("rawDataHistogram")) {
                fork.getAsJsonArray().forEach(iteration -> histograms.add(iteration.getAsJsonArray()));
            }
        }
        return histograms;
    }

    private static double percentile(TreeMap<Double, Long> counts, double percentile) {
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        long below = 0;
        for (Map.Entry<Double, Long> each : counts.entrySet()) {
            below += each.getValue();
            if (below >= all * percentile / 100) {
                return each.getKey();
            }
        }
        throw new IllegalStateException("an iteration without a single operation");
    }

    private static String metric(double percentile) {
        return "p" + String.valueOf(percentile).replace(".0", "");
    }

    private static Map<String, String> with(Map<String, String> parameters, String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(key, value);
        return more;
    }

    private static List<Double> flat(JsonArray forks) {
        List<Double> values = new ArrayList<>();
        for (JsonElement fork : forks) {
            for (JsonElement value : fork.getAsJsonArray()) {
                values.add(value.getAsDouble());
            }
        }
        return values;
    }
}
