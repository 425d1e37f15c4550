package io.github.sqlvdi.server;

/** Learns that a command was completed (VDI reference 3.9.1). */
@FunctionalInterface
public interface CompletionCallback {

    /**
     * Called exactly once for each {@link ServerDevice#send(ServerCommand)} that reached the library: on the thread
     * that runs the completion agent, or, when the library refused the command, possibly on the sender's thread before
     * {@code send} has ended. From this moment the command may be set and sent again, also from within this method.
     *
     * <p>Must not block: it holds up every other completion of the set. Must not close the set. An exception is logged
     * to {@code io.github.sqlvdi.server} and aborts the set, because the sender cannot go on with a completion that was
     * lost.
     *
     * @param command the command with its results
     */
    void completed(ServerCommand command);
}
