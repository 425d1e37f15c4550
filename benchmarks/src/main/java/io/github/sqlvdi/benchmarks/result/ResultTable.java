package io.github.sqlvdi.benchmarks.result;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Measurements as Markdown tables, one for each suite: median, smallest and largest value. */
public final class ResultTable {

    private static final Set<Map.Entry<String, String>> DEFAULTS =
            Set.of(Map.entry("provider", "EMBEDDED"), Map.entry("placement", "APART"));

    private ResultTable() {
    }

    /**
     * Prints the tables.
     *
     * @param measurements in the order in which they are shown
     * @param out the stream to print to
     */
    public static void print(Collection<Measurement> measurements, PrintStream out) {
        bySuite(measurements).forEach((suite, rows) -> {
            out.printf(Locale.ROOT,
                    "%n### %s%n%n| what | median | smallest | largest | unit | n |%n|---|---:|---:|---:|---|---:|%n",
                    suite);
            for (Measurement row : rows) {
                out.printf(Locale.ROOT, "| %s | %s | %s | %s | %s | %d |%n", label(row), number(row.median()),
                        number(row.smallest()),
                        number(row.largest()), row.unit(), row.values().size());
            }
        });
    }

    /**
     * Prints the tables, and the figures that must hold as far as the measurements show them.
     *
     * @param measurements in the order in which they are shown
     * @param out the stream to print to
     */
    public static void printWithTargets(Collection<Measurement> measurements, PrintStream out) {
        print(measurements, out);
        Target.print(Target.of(new Results(List.of(new ResultFile(null, "", List.copyOf(measurements))))), out);
    }

    static Map<String, List<Measurement>> bySuite(Collection<Measurement> measurements) {
        Map<String, List<Measurement>> suites = new LinkedHashMap<>();
        for (Measurement measurement : measurements) {
            suites.computeIfAbsent(measurement.suite(), suite -> new ArrayList<>()).add(measurement);
        }
        return suites;
    }

    /** {@return name and parameters, without the parameters that have their default values} */
    static String label(Measurement row) {
        return label(row, Set.of());
    }

    /** {@return the same without the parameters that the reader knows already} */
    static String label(Measurement row, Set<String> known) {
        return Stream.concat(Stream.of(row.name()), row.parameters().entrySet().stream()
                .filter(parameter -> !DEFAULTS.contains(parameter) && !known.contains(parameter.getKey()))
                .map(ResultTable::parameter)).collect(Collectors.joining(", "));
    }

    private static String parameter(Map.Entry<String, String> parameter) {
        return switch (parameter.getKey()) {
            case "size", "waiting", "metric" -> parameter.getValue();
            case "cpus" -> "CPUs " + parameter.getValue();
            default -> parameter.getKey() + " " + parameter.getValue();
        };
    }

    /**
     * {@return a size in words: in KiB or, from 1 MiB on, in MiB}
     *
     * @param bytes a multiple of 1,024
     */
    public static String size(long bytes) {
        return bytes < 1 << 20 ? (bytes >> 10) + " KiB" : (bytes >> 20) + " MiB";
    }

    /** {@return a number with about three significant digits} */
    static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.01 || size == 0 ? "%.2f" : "%.2g";
        return String.format(Locale.ROOT, format, value);
    }
}
