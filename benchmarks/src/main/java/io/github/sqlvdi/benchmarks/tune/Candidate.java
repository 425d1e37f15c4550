package io.github.sqlvdi.benchmarks.tune;

import io.github.sqlvdi.benchmarks.server.MeasuredJob;
import io.github.sqlvdi.benchmarks.server.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A setting and the backups that were made with it. */
final class Candidate {

    private final Space.Point point;
    private final Setting setting;
    private final List<MeasuredJob> runs = new ArrayList<>();

    Candidate(Space.Point point, Setting setting) {
        this.point = point;
        this.setting = setting;
    }

    void add(MeasuredJob run) {
        runs.add(run);
    }

    Space.Point point() {
        return point;
    }

    Setting setting() {
        return setting;
    }

    List<MeasuredJob> runs() {
        return runs;
    }

    /** {@return the median in GB/s} */
    double rate() {
        return median(MeasuredJob::rate);
    }

    /** {@return the median of the CPUs that worked} */
    double cpus() {
        return median(MeasuredJob::cpus);
    }

    private double median(ToDoubleFunction<MeasuredJob> value) {
        double[] sorted = runs.stream().mapToDouble(value).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
