package io.github.sqlvdi.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call of a driver that may block while it connects or waits for an answer, and that nothing in JDBC can end. It runs on
 * a thread of its own. From Java 24 on that is a virtual thread: there an interrupt closes the socket that the call waits
 * for. Before, a call that waits within {@code synchronized} would hold the carrier of other virtual threads (JEP 491), so
 * a platform thread is used; it ends with the driver's own time-out, but nothing waits for it.
 *
 * @param <T> what the call returns
 */
final class DriverCall<T> {

    /** Gives back a result that nothing waits for any more. */
    @FunctionalInterface
    interface Discard<T> {
        void accept(T unwanted) throws Exception;
    }

    /** The first Java whose virtual threads leave their carriers within {@code synchronized}. */
    private static final int UNPINNED = 24;
    private static final System.Logger LOG = System.getLogger("io.github.sqlvdi.jdbc");

    private final CompletableFuture<Optional<T>> result = new CompletableFuture<>();
    private final Thread thread;

    private DriverCall(Callable<T> call, Discard<T> discard) {
        Thread.Builder threads = Runtime.version().feature() >= UNPINNED ? Thread.ofVirtual()
                : Thread.ofPlatform().daemon();
        thread = threads.name("sqlvdi-driver-call").start(() -> {
            try {
                T value = call.call();
                if (!result.complete(Optional.of(value))) {
                    discard.accept(value);
                }
            } catch (Throwable failure) {
                if (!result.completeExceptionally(failure)) {
                    LOG.log(System.Logger.Level.DEBUG, "A call of the driver failed after it was given up", failure);
                }
            }
        });
    }

    /**
     * Runs a call.
     *
     * @param cancel a cancel ends the wait
     * @param limit how long to wait at most
     * @param cancelledLimit how long to wait after a cancel
     * @param call the call
     * @param discard gets a result that comes too late
     * @return the result; empty if the wait ended before
     * @throws SQLException if the call failed
     */
    static <T> Optional<T> run(StatementCancel cancel, Duration limit, Duration cancelledLimit, Callable<T> call,
            Discard<T> discard) throws SQLException {
        DriverCall<T> running = new DriverCall<>(call, discard);
        try {
            return running.await(cancel, limit, cancelledLimit);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return running.giveUp();
        }
    }

    private Optional<T> await(StatementCancel cancel, Duration limit, Duration cancelledLimit)
            throws SQLException, InterruptedException {
        try {
            CompletableFuture.anyOf(result, cancel.requested()).get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return result.get(cancelledLimit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return giveUp();
        } catch (ExecutionException failure) {
            throw rethrown(failure);
        }
    }

    private Optional<T> giveUp() {
        boolean given = result.complete(Optional.empty());
        if (given) {
            thread.interrupt();
            return Optional.empty();
        }
        try {
            return result.join(); // it came at the last moment
        } catch (CompletionException failed) {
            LOG.log(System.Logger.Level.DEBUG, "A call of the driver failed when it was given up", failed);
            return Optional.empty();
        }
    }

    private static SQLException rethrown(ExecutionException failure) {
        Throwable cause = failure.getCause();
        return switch (cause) {
            case SQLException known -> known;
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> new SQLException(cause);
        };
    }
}
