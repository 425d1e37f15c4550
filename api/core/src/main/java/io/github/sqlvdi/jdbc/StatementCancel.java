package io.github.sqlvdi.jdbc;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Cancels a statement that runs: by an attention (Statement.cancel), and by the end of its connection when the attention
 * has no effect. Works on a thread of its own, because a driver may block in both.
 */
final class StatementCancel {

    /** How long a server may take to answer an attention. */
    private static final long ATTENTION_SECONDS = 1;
    private static final System.Logger LOG = System.getLogger("io.github.sqlvdi.jdbc");

    private final CountDownLatch ended = new CountDownLatch(1);
    /**
     * Held while the driver ends the connection. That may block: Microsoft's driver layers TLS over its socket, and then
     * the JDK's {@code SSLSocketImpl.waitForClose} waits for the thread that reads. So {@link #request} must not need
     * this lock; the job gives up the statement at its end time-out, and the connection ends when the server answers.
     */
    private final Object ending = new Object();
    private StatementConnection connection;
    private Statement statement;
    private final CompletableFuture<Void> requested = new CompletableFuture<>();
    private boolean started;

    /** Begins the execution. Returns false if it was cancelled before. */
    synchronized boolean begin(StatementConnection used, Statement executed) {
        connection = used;
        statement = executed;
        return !requested.isDone();
    }

    /** Cancels the execution if it runs, and any that begins later. Returns at once. */
    synchronized void request() {
        requested.complete(null);
        if (statement != null && !started && ended.getCount() > 0) {
            started = true;
            Thread.ofPlatform().daemon().name("sqlvdi-cancel").start(this::cancel);
        }
    }

    boolean isRequested() {
        return requested.isDone();
    }

    /** Returns what is done as soon as the statement is cancelled. */
    CompletableFuture<Void> requested() {
        return requested;
    }

    /** The execution has ended: its connection may be closed and used by others. */
    void end() {
        synchronized (ending) {
            ended.countDown();
        }
    }

    private void cancel() {
        try {
            statement.cancel();
            if (ended.await(ATTENTION_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
            LOG.log(System.Logger.Level.WARNING, "The statement did not end within {0} s after its cancel, so its "
                    + "connection is ended", ATTENTION_SECONDS);
        } catch (SQLException | RuntimeException failure) {
            if (ended.getCount() > 0) {
                LOG.log(System.Logger.Level.WARNING,
                        "The driver could not cancel the statement, so its connection is ended", failure);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        endConnection();
    }

    /** Within the lock, so that a pool does not get the connection back before. */
    private void endConnection() {
        synchronized (ending) {
            try {
                if (ended.getCount() > 0) {
                    connection.abort();
                }
            } catch (SQLException | RuntimeException failure) {
                LOG.log(System.Logger.Level.WARNING, "The connection of a cancelled statement could not be ended",
                        failure);
            }
        }
    }
}
