package io.github.sqlvdi.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * A connection that a BACKUP or RESTORE can use: with autocommit, because the server refuses both in a transaction
 * (message 3021), and without a limit of time for the network, because hours may pass between two packets. A pool gets
 * the connection back as it was.
 */
final class StatementConnection implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("io.github.sqlvdi.jdbc");

    private final Connection connection;
    private final boolean autoCommit;
    private final int networkTimeout;
    private final int sessionId;
    private Statement statement;

    private StatementConnection(Connection connection, boolean autoCommit, int networkTimeout, int sessionId) {
        this.connection = connection;
        this.autoCommit = autoCommit;
        this.networkTimeout = networkTimeout;
        this.sessionId = sessionId;
    }

    static StatementConnection open(DataSource source) throws SQLException {
        Connection connection = source.getConnection();
        try {
            boolean autoCommit = connection.getAutoCommit();
            if (!autoCommit) {
                connection.setAutoCommit(true);
            }
            return new StatementConnection(connection, autoCommit, endNetworkTimeout(connection),
                    sessionId(connection));
        } catch (SQLException | RuntimeException | Error failure) {
            try (connection) {
                throw failure;
            }
        }
    }

    private static int endNetworkTimeout(Connection connection) throws SQLException {
        try {
            int timeout = connection.getNetworkTimeout();
            if (timeout != 0) {
                connection.setNetworkTimeout(Runnable::run, 0);
            }
            return timeout;
        } catch (SQLFeatureNotSupportedException | AbstractMethodError oldDriver) {
            LOG.log(System.Logger.Level.DEBUG, "The driver has no network time-out: {0}", oldDriver.toString());
            return 0;
        }
    }

    /** Makes the statement, without a limit of time. */
    Statement statement() throws SQLException {
        if (statement == null) {
            statement = connection.createStatement();
            statement.setQueryTimeout(0);
            statement.setEscapeProcessing(false); // braces in the text are not JDBC's
        }
        return statement;
    }

    private static int sessionId(Connection connection) throws SQLException {
        try (Statement query = connection.createStatement();
                ResultSet row = query.executeQuery("SELECT @@SPID")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Returns the session id of the connection. */
    int sessionId() {
        return sessionId;
    }

    /** Ends the connection without waiting for the server. */
    void abort() throws SQLException {
        connection.abort(Runnable::run);
    }

    /** Gives the connection back. A failure here is no failure of the statement, so it is only logged. */
    @Override
    public void close() {
        try (connection; Statement used = statement) {
            if (used != null && !connection.isClosed()) {
                if (!autoCommit) {
                    connection.setAutoCommit(false);
                }
                if (networkTimeout != 0) {
                    connection.setNetworkTimeout(Runnable::run, networkTimeout);
                }
            }
        } catch (SQLException failure) {
            LOG.log(System.Logger.Level.DEBUG, "The connection of a statement was not closed in an orderly way",
                    failure);
        }
    }
}
