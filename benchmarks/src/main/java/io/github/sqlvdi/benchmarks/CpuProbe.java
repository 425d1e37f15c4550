package io.github.sqlvdi.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Probes the distance of the two CPUs before and after each iteration of JMH, so that the report counts an iteration as
 * near, far or mixed. {@link Main} adds it to every run. Benchmarks of one thread are left alone.
 */
public final class CpuProbe implements InternalProfiler {

    /** The nanoseconds of a round trip before the iteration, in the results of JMH. */
    public static final String BEFORE = "cpus.before";
    /** The same after it. */
    public static final String AFTER = "cpus.after";

    private static final Set<String> ONE_THREAD = Set.of(VtableCall.class.getName(), BufferHandle.class.getName(),
            StreamReading.class.getName(), AgeEncryption.class.getName());

    private double before = Double.NaN;
    private boolean compiled;

    /** Made by JMH. */
    public CpuProbe() {
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        if (isProbed(benchmark)) {
            if (!compiled) {
                probe(); // lets the probe get compiled
                compiled = true;
            }
            before = probe();
        }
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(BenchmarkParams benchmark, IterationParams iteration,
            IterationResult result) {
        if (!isProbed(benchmark)) {
            return List.of();
        }
        return List.of(new ScalarResult(BEFORE, before, "ns", AggregationPolicy.AVG),
                new ScalarResult(AFTER, probe(), "ns", AggregationPolicy.AVG));
    }

    private static boolean isProbed(BenchmarkParams benchmark) {
        String method = benchmark.getBenchmark();
        return CpuPin.isPossible() && CpuPin.allowed().size() > 1
                && !ONE_THREAD.contains(method.substring(0, method.lastIndexOf('.')));
    }

    private static double probe() {
        try {
            return CpuDistance.probe();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return Double.NaN;
        }
    }

    @Override
    public String getDescription() {
        return "The distance of the CPUs of a hand-off, before and after each iteration";
    }
}
