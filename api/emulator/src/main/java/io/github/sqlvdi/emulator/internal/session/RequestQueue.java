package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.wire.Message;
import io.github.sqlvdi.emulator.internal.wire.ProtocolException;
import java.util.ArrayDeque;
import java.util.Locale;

/**
 * Hands requests from the thread that reads a connection to the one that executes. An attention belongs to the newest
 * request that is not finished; without one it is acknowledged on its own, so it never cancels a later statement.
 */
final class RequestQueue {

    /** A client sends its next request after the answer to the last one, so more than a few waiting are an attack. */
    private static final int LIMIT = 16;

    private final ArrayDeque<Request> waiting = new ArrayDeque<>();
    private Request running;
    private int attentions;
    private boolean closed;

    synchronized void add(Message message) throws ProtocolException {
        if (waiting.size() >= LIMIT) {
            throw new ProtocolException(
                    String.format(Locale.ROOT, "The client sent %d requests without waiting for an answer", LIMIT));
        }
        waiting.add(new Request(message));
        notifyAll();
    }

    void attention() throws ProtocolException {
        Request target;
        synchronized (this) {
            target = waiting.isEmpty() ? running : waiting.getLast();
            if (target == null || target.message() == null) {
                add(null);
                return;
            }
            attentions++;
        }
        target.cancellation().cancel();
    }

    /** Waits for the next request; null when the connection ended. */
    synchronized Request take() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        running = closed ? null : waiting.remove();
        return running;
    }

    /** Ends the running request; returns how many attentions came for it and must be acknowledged. */
    synchronized int finish() {
        running = null;
        int due = attentions;
        attentions = 0;
        return due;
    }

    /** Ends everything: cancels what runs. */
    void close() {
        Request target;
        synchronized (this) {
            closed = true;
            target = running;
            notifyAll();
        }
        if (target != null) {
            target.cancellation().cancel();
        }
    }
}
