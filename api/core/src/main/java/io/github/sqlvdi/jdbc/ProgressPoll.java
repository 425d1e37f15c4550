package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.statement.StatementProgress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Asks the server how far a statement is: sys.dm_exec_requests over a second connection, and message 3211 where the
 * statement has {@code STATS}. The server updates the first at any time, the second at whole percents.
 */
final class ProgressPoll {

    private static final System.Logger LOG = System.getLogger("io.github.sqlvdi.jdbc");
    private static final int PERCENT_PROCESSED = 3211;
    private static final double ALL = 100;
    private static final int ANSWER_SECONDS = 5;
    private static final long END_MILLIS = 1_000;
    /** The texts of messages are in the language of the login; the number is in all of them. */
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final String QUERY =
            "SELECT percent_complete, estimated_completion_time FROM sys.dm_exec_requests WHERE session_id = ?";

    private final DataSource source;
    private final long interval;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Optional<StatementProgress> progress = Optional.empty();
    private volatile Connection connection;
    private Thread thread;

    ProgressPoll(DataSource source, Duration interval) {
        this.source = source;
        this.interval = interval.toMillis();
    }

    /** Starts to ask; {@code messages} gives the messages that are new. */
    void start(int session, Supplier<List<SqlMessage>> messages) {
        thread = Thread.ofPlatform().daemon().name("sqlvdi-progress").start(() -> run(session, messages));
    }

    Optional<StatementProgress> progress() {
        return progress;
    }

    /** Ends the thread and its connection. */
    void end() {
        ended.countDown();
        try {
            thread.join(END_MILLIS);
            Connection used = connection;
            if (thread.isAlive() && used != null) {
                used.abort(Runnable::run);
            }
        } catch (SQLException failure) {
            LOG.log(System.Logger.Level.DEBUG, "The connection for the progress could not be ended", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(int session, Supplier<List<SqlMessage>> messages) {
        boolean asking = true;
        try (Connection opened = source.getConnection();
                PreparedStatement query = opened.prepareStatement(QUERY)) {
            connection = opened;
            query.setQueryTimeout(ANSWER_SECONDS);
            query.setInt(1, session);
            while (!ended.await(interval, TimeUnit.MILLISECONDS)) {
                messages.get().forEach(this::read);
                if (asking) {
                    asking = ask(query);
                }
            }
        } catch (SQLException failure) {
            LOG.log(System.Logger.Level.DEBUG, "The server does not tell the progress of a statement", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns false if the server refuses the question, for example because the login may not see the view. */
    private boolean ask(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            if (row.next()) {
                double percent = Math.clamp(row.getDouble(1), 0, ALL);
                long left = row.getLong(2);
                if (percent > 0) {
                    advance(percent,
                            left > 0 ? Optional.of(Instant.now().plusMillis(left)) : Optional.empty());
                }
            }
            return true;
        } catch (SQLException refused) {
            if (DriverMessages.isLost(refused)) {
                throw refused;
            }
            LOG.log(System.Logger.Level.DEBUG, "sys.dm_exec_requests cannot be read", refused);
            return false;
        }
    }

    private void read(SqlMessage message) {
        Matcher number = NUMBER.matcher(message.text());
        if (message.number() == PERCENT_PROCESSED && number.find()) {
            double percent = Math.clamp(Double.parseDouble(number.group()), 0, ALL);
            if (progress.isEmpty() || progress.get().percent() < percent) {
                advance(percent, progress.flatMap(StatementProgress::estimatedEnd));
            }
        }
    }

    private void advance(double percent, Optional<Instant> end) {
        progress = Optional.of(new StatementProgress(percent, end));
    }
}
