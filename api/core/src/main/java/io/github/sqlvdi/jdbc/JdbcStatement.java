package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.statement.DeviceOutcome;
import io.github.sqlvdi.statement.OutcomeUnknownException;
import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.statement.SqlStatement;
import io.github.sqlvdi.statement.StatementProgress;
import io.github.sqlvdi.statement.Verdict;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;

/**
 * A {@code BACKUP} or {@code RESTORE} that is executed over JDBC. It reads every result and message until the server has
 * nothing more to send, uses autocommit, and has no limit of time.
 *
 * <p>The verdict is good only if the server said so: by message 3014, by 3262 for {@code RESTORE VERIFYONLY}, or by the
 * result set of {@code RESTORE HEADERONLY}, {@code FILELISTONLY} and {@code LABELONLY}; and if no message 3013 came after
 * it. When the connection was lost, or the driver gave up, after all devices had ended well, a backup may be good all the
 * same. Then {@link #execute()} asks the server's history over a second connection. If that fails too, it throws an
 * {@link OutcomeUnknownException}.
 *
 * <p>{@link SqlServer} makes these statements with their jobs. A program with a job of its own uses {@link #of}.
 */
public final class JdbcStatement implements SqlStatement {

    private static final String NOT_EXECUTED = "The statement was cancelled before it was executed";
    /** The driver has its own limit for a login. */
    private static final Duration NO_LIMIT = Duration.ofDays(365);

    private final DataSource source;
    private final String text;
    private final StatementCancel cancel = new StatementCancel();
    private final OutcomeCheck outcome;
    private final CompletableFuture<List<DeviceOutcome>> devices = new CompletableFuture<>();
    private final Optional<ProgressPoll> poll;
    private final StatementWatch watch;

    JdbcStatement(DataSource source, String text, List<String> deviceNames, Optional<ProgressPoll> poll,
            StatementWatch watch) {
        this.source = source;
        this.text = text;
        this.outcome = new OutcomeCheck(source, deviceNames, cancel);
        this.poll = poll;
        this.watch = watch;
    }

    /**
     * Makes a statement.
     *
     * @param source the connections to the server; the login must be a member of sysadmin (message 3265)
     * @param text the statement in T-SQL, with <code>{devices}</code> exactly once in the place of its devices: {@code BACKUP
     *     DATABASE sales TO {devices} WITH CHECKSUM}
     * @param deviceNames the names of the devices, for example {@link io.github.sqlvdi.DeviceNames#of}
     * @return the statement, to be executed once
     * @throws IllegalArgumentException if the text has not exactly one <code>{devices}</code>
     */
    public static JdbcStatement of(DataSource source, String text, List<String> deviceNames) {
        return new JdbcStatement(source, DeviceText.of(text).with(deviceNames), deviceNames, Optional.empty(),
                StatementWatch.NONE);
    }

    /** {@return the text that is executed, with the names of the devices} */
    public String text() {
        return text;
    }

    @Override
    public Verdict execute() throws SQLException, OutcomeUnknownException {
        try {
            Verdict verdict = executed();
            return watch.notes().isEmpty() ? verdict
                    : new Verdict(verdict.good(), withNotes(verdict.messages()), verdict.bytes(), verdict.results());
        } catch (SQLException failure) {
            watch.answered().accept("The statement could not be executed: " + failure.getMessage());
            throw failure;
        }
    }

    private List<SqlMessage> withNotes(List<SqlMessage> messages) {
        List<SqlMessage> all = new ArrayList<>(watch.notes());
        all.addAll(messages);
        return all;
    }

    private Verdict executed() throws SQLException, OutcomeUnknownException {
        ResultDrain drain = new ResultDrain();
        Optional<StatementConnection> opened = DriverCall.run(cancel, NO_LIMIT, Duration.ZERO,
                () -> StatementConnection.open(source), StatementConnection::close);
        if (opened.isEmpty()) {
            return refused(drain, NOT_EXECUTED);
        }
        int session;
        try (StatementConnection connection = opened.get()) {
            session = connection.sessionId();
            Statement statement = connection.statement();
            try {
                if (!cancel.begin(connection, statement)) {
                    return refused(drain, NOT_EXECUTED);
                }
                run(drain, statement, session);
            } finally {
                cancel.end();
            }
        }
        if (drain.isSuccess()) {
            return new Verdict(true, drain.messages(), OptionalLong.empty(), drain.results());
        }
        if (drain.isTerminated() || drain.isRefused() && !drain.isLost() && !cancel.isRequested()) {
            return new Verdict(false, drain.messages(), OptionalLong.empty(), drain.results());
        }
        return uncertain(drain, session);
    }

    private void run(ResultDrain drain, Statement statement, int session) {
        poll.ifPresent(each -> each.start(session, () -> drain.warnings(statement)));
        try {
            drain.run(statement, text);
        } finally {
            poll.ifPresent(ProgressPoll::end);
            watch.answered().accept(drain.messages().stream().filter(SqlMessage::isError).findFirst()
                    .map(SqlMessage::toString).orElse("The statement ended"));
        }
    }

    /** The server has not said how the statement ended. */
    private Verdict uncertain(ResultDrain drain, int session) throws OutcomeUnknownException {
        String reason = drain.isLost() ? "The connection to the server was lost while session " + session + " executed "
                + "the statement"
                : cancel.isRequested() ? "The statement was cancelled"
                        : drain.failure().isPresent() ? "The driver gave up the statement"
                                : "The statement ended without an error and without the message that it has succeeded "
                                        + "(3014)";
        boolean good = drain.isLost() || cancel.isRequested()
                ? outcome.isGoodAfterDevices(devices, drain.isLost(), reason, drain.failure())
                : outcome.isGood(false, reason, drain.failure());
        if (!good) {
            return refused(drain, reason);
        }
        List<SqlMessage> messages = new ArrayList<>(drain.messages());
        messages.add(new SqlMessage(0, SqlMessage.INFORMATION,
                reason + ", but the history of the server (msdb) has the backup"));
        return new Verdict(true, messages, OptionalLong.empty(), drain.results());
    }

    private static Verdict refused(ResultDrain drain, String reason) {
        List<SqlMessage> messages = new ArrayList<>(drain.messages());
        messages.add(new SqlMessage(0, 16, reason));
        return new Verdict(false, messages, OptionalLong.empty(), drain.results());
    }

    @Override
    public void cancel() {
        cancel.request();
    }

    @Override
    public void devicesEnded(List<DeviceOutcome> outcomes) {
        devices.complete(outcomes);
    }

    @Override
    public Optional<StatementProgress> progress() {
        return poll.flatMap(ProgressPoll::progress);
    }

    /** {@return the text} */
    @Override
    public String toString() {
        return text;
    }
}
