package io.github.sqlvdi.stream;

import io.github.sqlvdi.statement.OutcomeUnknownException;
import io.github.sqlvdi.statement.SqlStatement;
import io.github.sqlvdi.statement.Verdict;
import java.util.Locale;
import java.util.Optional;

/** Executes the statement of a job on a thread of its own. */
final class StatementThread {

    private final SqlStatement statement;
    private final String setName;
    private final Thread thread;
    private final Runnable onEnd;
    private Verdict verdict;
    private Throwable failure;
    private volatile boolean started;
    private volatile boolean ended;

    StatementThread(SqlStatement statement, String setName, Runnable onEnd) {
        this.statement = statement;
        this.setName = setName;
        this.onEnd = onEnd;
        this.thread = Thread.ofPlatform().daemon().name("sqlvdi-statement-" + setName).unstarted(this::execute);
    }

    void start() {
        thread.start();
        started = true;
    }

    boolean started() {
        return started;
    }

    void interrupt() {
        thread.interrupt();
    }

    boolean ended() {
        return ended;
    }

    /** Returns the server's verdict; empty before the end of the statement and after an exception. */
    Optional<Verdict> verdict() {
        return ended ? Optional.ofNullable(verdict) : Optional.empty();
    }

    Optional<Throwable> failure() {
        return ended ? Optional.ofNullable(failure) : Optional.empty();
    }

    /** Returns whether the statement may have succeeded, and the server's answer was lost. */
    boolean isOutcomeUnknown() {
        return failure().filter(OutcomeUnknownException.class::isInstance).isPresent();
    }

    /** Executes the statement. After a verdict or an exception alike, the job no longer waits for it. */
    private void execute() {
        StatementEvent event = new StatementEvent();
        event.begin();
        try {
            verdict = statement.execute();
            if (verdict == null) {
                failure = new JobException(
                        String.format(Locale.ROOT, "The statement %s gave null for its verdict", statement));
            }
        } catch (OutcomeUnknownException unknown) {
            failure = unknown;
        } catch (Throwable thrown) {
            failure = new JobException("The statement could not be executed: " + thrown, thrown);
        } finally {
            event.end();
            if (event.shouldCommit()) {
                event.set = setName;
                event.good = verdict != null && verdict.good();
                event.commit();
            }
            ended = true;
            onEnd.run();
        }
    }
}
