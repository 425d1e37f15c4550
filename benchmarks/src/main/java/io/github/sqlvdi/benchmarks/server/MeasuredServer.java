package io.github.sqlvdi.benchmarks.server;

import io.github.sqlvdi.jdbc.SqlServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The server whose backups are measured, and its only database that may be touched. */
public final class MeasuredServer implements AutoCloseable {

    private final SqlServer server;
    private final String database;
    private final Runnable closing;

    private MeasuredServer(SqlServer server, String database, Runnable closing) {
        this.server = server;
        this.database = database;
        this.closing = closing;
    }

    /**
     * Takes a server, if it has the database.
     *
     * @param server the server
     * @param database the database, by its exact name
     * @param closing ends the server, called by {@link #close}
     * @return the server
     * @throws IOException if it cannot be asked, or has no database of the very name
     */
    public static MeasuredServer of(SqlServer server, String database, Runnable closing) throws IOException {
        MeasuredServer measured = new MeasuredServer(server, database, closing);
        try {
            List<String> found = measured.named(database);
            if (!found.contains(database)) {
                throw new IOException(String.format(Locale.ROOT, "the server has no database with the exact name %s%s: "
                        + "nothing was touched", database, found.isEmpty() ? "" : " (it has " + found + ")"));
            }
            return measured;
        } catch (IOException | RuntimeException failure) {
            closing.run();
            throw failure;
        }
    }

    /** {@return the server} */
    public SqlServer server() {
        return server;
    }

    /** {@return the database} */
    public String database() {
        return database;
    }

    /**
     * Refuses the name of a database that exists, in any case of its letters.
     *
     * @param name the name for a restored database
     * @throws IOException if it exists, or the server cannot be asked
     */
    void requireAbsent(String name) throws IOException {
        if (!named(name).isEmpty()) {
            throw new IOException(String.format(Locale.ROOT, "the server has a database %s: expected a name for "
                    + "--restore-as that no database has, because the restored database is dropped", named(name)));
        }
    }

    /** Drops a database that a restore of this program has made. */
    void drop(String name) throws IOException {
        try (Connection connection = server.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE [" + name.replace("]", "]]") + "]");
        } catch (SQLException failure) {
            throw new IOException(String.format(Locale.ROOT, "the restored database %s could not be dropped (%s): drop "
                    + "it by hand", name, failure.getMessage()), failure);
        }
    }

    /** {@return the databases with the name, as the collation of the server compares} */
    private List<String> named(String name) throws IOException {
        List<String> names = new ArrayList<>();
        try (Connection connection = server.source().getConnection();
                PreparedStatement query =
                        connection.prepareStatement("SELECT name FROM sys.databases WHERE name = ?")) {
            query.setString(1, name);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        } catch (SQLException failure) {
            throw new IOException("the server could not be asked for its databases: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
