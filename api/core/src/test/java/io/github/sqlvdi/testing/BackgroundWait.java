package io.github.sqlvdi.testing;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * A scenario that mostly waits, for seconds. A class begins all its scenarios before its first test, and each test waits for
 * the end of one: the class lasts as long as the longest of them, not as long as all.
 */
public final class BackgroundWait {

    private final FutureTask<Void> task;

    /** A scenario; it fails by what it throws. */
    public interface Scenario {

        /** Plays the scenario, on a thread of its own. */
        void play() throws Exception;
    }

    private BackgroundWait(FutureTask<Void> task) {
        this.task = task;
    }

    /** Starts a scenario on a thread of its own. */
    public static BackgroundWait begin(Scenario scenario) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            scenario.play();
            return null;
        });
        Thread.ofPlatform().daemon().start(task);
        return new BackgroundWait(task);
    }

    /** Waits for the end; throws what the scenario threw. */
    public void await() throws Exception {
        try {
            task.get(3 * Patience.SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw (Error) e.getCause();
        }
    }
}
