package io.github.sqlvdi.server;

/** Receives the completion of a command (VDI reference 3.9.1). */
@FunctionalInterface
public interface CompletionCallback {

    /**
     * Called exactly once for each {@link ServerDevice#send(ServerCommand)} that reached the library: on the thread
     * that runs the completion agent, or, when the library refused the command, possibly on the sender's thread before
     * {@code send} has ended. The command may now be set and sent again, also from within this method.
     *
     * <p>Must not block, because that delays every other completion of the set. Must not close the set. If it throws,
     * the exception is logged to {@code io.github.sqlvdi.server} and the set is aborted, because the sender would wait
     * for the lost completion.
     *
     * @param command the command with its results
     */
    void completed(ServerCommand command);
}
