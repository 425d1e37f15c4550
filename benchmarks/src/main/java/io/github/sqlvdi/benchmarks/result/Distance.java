package io.github.sqlvdi.benchmarks.result;

/** The distance of two CPUs, by the time of a round trip of a word between them. */
public final class Distance {

    /** Two probes that disagree or lie between near and far. */
    static final String MIXED = "mixed";

    private static final double NEAR_NANOS = 200;
    private static final double FAR_NANOS = 300;

    private Distance() {
    }

    /**
     * {@return two probes as one word: near, far, or mixed if they disagree or lie between}
     *
     * @param before nanoseconds of a round trip before a measurement
     * @param after the same after it
     */
    public static String of(double before, double after) {
        if (before < NEAR_NANOS && after < NEAR_NANOS) {
            return "near";
        }
        return before > FAR_NANOS && after > FAR_NANOS ? "far" : MIXED;
    }
}
