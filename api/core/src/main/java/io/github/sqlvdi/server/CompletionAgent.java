package io.github.sqlvdi.server;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * The thread that delivers the completions of a set: a daemon platform thread named {@code sqlvdi-agent-<set>} inside
 * {@link ServerDeviceSet#executeCompletionAgent()}. It ends when the set is closed or aborted.
 */
public final class CompletionAgent {

    private final Thread thread;
    private volatile RuntimeException failure;
    private volatile AgentEnd end;

    CompletionAgent(ServerDeviceSet set) {
        thread = Thread.ofPlatform().daemon().name("sqlvdi-agent-" + set.name()).unstarted(() -> {
            try {
                end = set.executeCompletionAgent();
            } catch (RuntimeException e) { // thrown by end()
                failure = e;
            }
        });
    }

    void start() {
        thread.start();
    }

    /**
     * Waits for the agent's end.
     *
     * @param timeout the longest time to wait; with zero or a negative time the method does not wait
     * @return true when the agent has ended
     * @throws NullPointerException if the time-out is null
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public boolean join(Duration timeout) throws InterruptedException {
        Objects.requireNonNull(timeout, "timeout");
        return thread.join(timeout);
    }

    /** {@return whether the agent still delivers completions; false once it has ended} */
    public boolean isRunning() {
        return thread.isAlive();
    }

    /**
     * How the agent ended.
     *
     * @return the end, see {@link ServerDeviceSet#executeCompletionAgent()}
     * @throws IllegalStateException if the agent still runs, or the set was closed before it began
     * @throws io.github.sqlvdi.VdiException if the agent failed, see {@link ServerDeviceSet#executeCompletionAgent()}
     */
    public AgentEnd end() {
        if (thread.isAlive()) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT,
                            "%s still runs: expected the set to be closed or aborted, and join() to return ",
                            thread.getName()) + "true");
        }
        if (failure != null) {
            throw failure;
        }
        return end;
    }
}
