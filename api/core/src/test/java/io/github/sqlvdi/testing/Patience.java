package io.github.sqlvdi.testing;

import java.time.Duration;

/**
 * How long a test waits for what must happen, before it calls it a hang. This is no bound on how fast something is:
 * a machine with thirty times more work than processors stays below it. A bound on a time that matters is judged by
 * {@link MachineLag}.
 */
public final class Patience {

    /** For one step inside a test, in seconds: longer than any step takes, shorter than the limit of a test. */
    public static final int SECONDS = 180;

    /** As {@link #SECONDS}, in milliseconds. */
    public static final int MILLIS = SECONDS * 1_000;

    /** As {@link #SECONDS}. */
    public static final Duration LONG = Duration.ofSeconds(SECONDS);

    private Patience() {
    }
}
