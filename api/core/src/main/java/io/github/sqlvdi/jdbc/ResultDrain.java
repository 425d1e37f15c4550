package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.statement.ResultTable;
import io.github.sqlvdi.statement.SqlMessage;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Executes a text and reads everything that the server sends, in order. A client that stops reading before the end
 * cancels the BACKUP with an attention (TDS reference 8.1).
 *
 * <p>{@link #warnings} may be called from another thread while the statement runs.
 */
final class ResultDrain {

    private static final int SUCCESS = 3014;
    private static final int VALID = 3262;
    private static final int TERMINATING = 3013;
    /** The result sets of RESTORE HEADERONLY, FILELISTONLY and LABELONLY, which end without a message. */
    private static final List<String> SUCCESS_COLUMNS = List.of("BackupSetGUID", "PhysicalName", "MediaSetId");
    /** A driver that throws the same exception for ever must not hold the job. */
    private static final int MAX_FAILURES = 1_000;

    private final List<SqlMessage> messages = new ArrayList<>();
    private final List<ResultTable> results = new ArrayList<>();
    private final Set<SQLWarning> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean succeeded;
    private Optional<SQLException> failure = Optional.empty();
    private boolean lost;

    private interface Step {
        boolean run() throws SQLException;
    }

    void run(Statement statement, String text) {
        Step step = () -> statement.execute(text);
        for (int failures = 0; failures < MAX_FAILURES && !lost;) {
            try {
                boolean rows = step.run();
                warnings(statement);
                if (rows) {
                    add(read(statement.getResultSet()));
                } else if (statement.getUpdateCount() < 0) {
                    return;
                }
            } catch (SQLException thrown) {
                failures++;
                warnings(statement);
                failed(statement, thrown);
            }
            step = statement::getMoreResults;
        }
    }

    /** Reads the warnings that have arrived. Returns the messages that are new. */
    synchronized List<SqlMessage> warnings(Statement statement) {
        List<SqlMessage> fresh = new ArrayList<>();
        try {
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                if (seen.add(warning)) {
                    fresh.add(DriverMessages.of(warning));
                }
            }
        } catch (SQLException closed) {
            failure = failure.or(() -> Optional.of(closed));
        }
        fresh.forEach(this::add);
        return fresh;
    }

    private synchronized void failed(Statement statement, SQLException thrown) {
        failure = failure.or(() -> Optional.of(thrown));
        for (SQLException each = thrown; each != null; each = each.getNextException()) {
            lost |= DriverMessages.isLost(each);
            add(DriverMessages.of(each));
        }
        try {
            lost |= statement.isClosed() || statement.getConnection().isClosed();
        } catch (SQLException closed) {
            lost = true;
        }
    }

    private synchronized void add(SqlMessage message) {
        messages.add(message);
        succeeded = message.number() == SUCCESS || message.number() == VALID
                || succeeded && message.number() != TERMINATING;
    }

    private synchronized void add(ResultTable table) {
        results.add(table);
        succeeded |= SUCCESS_COLUMNS.stream().anyMatch(table::has);
    }

    private static ResultTable read(ResultSet rows) throws SQLException {
        try (rows) {
            ResultSetMetaData meta = rows.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int index = 1; index <= meta.getColumnCount(); index++) {
                columns.add(meta.getColumnLabel(index));
            }
            List<List<Optional<Object>>> all = new ArrayList<>();
            while (rows.next()) {
                List<Optional<Object>> row = new ArrayList<>();
                for (int index = 1; index <= columns.size(); index++) {
                    row.add(Optional.ofNullable(rows.getObject(index)).map(ResultDrain::plain));
                }
                all.add(row);
            }
            return ResultTable.of(columns, all);
        }
    }

    private static Object plain(Object value) {
        return switch (value) {
            case java.sql.Timestamp time -> time.toLocalDateTime();
            case java.sql.Date date -> date.toLocalDate();
            case java.sql.Time time -> time.toLocalTime();
            default -> value;
        };
    }

    synchronized List<SqlMessage> messages() {
        return List.copyOf(messages);
    }

    synchronized List<ResultTable> results() {
        return List.copyOf(results);
    }

    /** Returns whether the server has said that the statement succeeded, and not after that that it failed. */
    synchronized boolean isSuccess() {
        return succeeded;
    }

    /** Returns whether the server has sent an error. An error of compilation comes without message 3013. */
    synchronized boolean isRefused() {
        return !succeeded && messages.stream().anyMatch(message -> message.isError() && message.number() > 0);
    }

    /** Returns whether the server has said that the statement failed. */
    synchronized boolean isTerminated() {
        return !succeeded && messages.stream().anyMatch(message -> message.number() == TERMINATING);
    }

    /** Returns the first exception of the driver. */
    synchronized Optional<SQLException> failure() {
        return failure;
    }

    synchronized boolean isLost() {
        return lost;
    }
}
