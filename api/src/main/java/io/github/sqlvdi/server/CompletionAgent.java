package io.github.sqlvdi.server;

import java.time.Duration;

/**
 * The thread that delivers the completions of a set: a daemon platform thread named {@code sqlvdi-agent-<set>} inside
 * {@link ServerDeviceSet#executeCompletionAgent()}. It ends by itself when the set is closed or aborted.
 */
public final class CompletionAgent {

    /**
     * Waits for the agent's end.
     *
     * @param timeout how long; zero or negative looks only
     * @return true when the agent has ended
     * @throws NullPointerException if the time-out is null
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public boolean join(Duration timeout) throws InterruptedException {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Whether the agent still delivers completions.
     *
     * @return false once it has ended
     */
    public boolean isRunning() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * What the agent ended with.
     *
     * @return the HRESULT, see {@link ServerDeviceSet#executeCompletionAgent()}
     * @throws IllegalStateException if the agent still runs, or the set was closed before it began
     */
    public int result() {
        throw new UnsupportedOperationException("not built yet");
    }

    private CompletionAgent() {
    }
}
