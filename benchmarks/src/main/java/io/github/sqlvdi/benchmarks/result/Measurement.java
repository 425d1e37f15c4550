package io.github.sqlvdi.benchmarks.result;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One thing measured several times.
 *
 * @param suite the group of measurements in one table: a JMH class, or a part of a harness
 * @param name what was measured
 * @param parameters under which conditions, in the order in which they are shown
 * @param unit of the values
 * @param higherIsBetter whether more is better
 * @param values one for each round, fork or iteration
 */
public record Measurement(
        String suite,
        String name,
        Map<String, String> parameters,
        String unit,
        boolean higherIsBetter,
        List<Double> values) {

    /** {@return the median: the middle value, or the mean of the two in the middle} */
    public double median() {
        double[] sorted = sorted();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** {@return the smallest value} */
    public double smallest() {
        return sorted()[0];
    }

    /** {@return the largest value} */
    public double largest() {
        double[] sorted = sorted();
        return sorted[sorted.length - 1];
    }

    /** {@return this measurement with the values of the same measurement in another file added} */
    Measurement and(Measurement other) {
        return new Measurement(suite, name, parameters, unit, higherIsBetter,
                Stream.concat(values.stream(), other.values.stream()).toList());
    }

    /** {@return suite, name and parameters, by which the same measurement is found in another file} */
    public String key() {
        return suite + " " + name + " " + parameters;
    }

    private double[] sorted() {
        if (values.isEmpty()) {
            throw new IllegalStateException(String.format(Locale.ROOT, "measurement \"%s\" has no value", key()));
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
