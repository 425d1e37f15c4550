package io.github.sqlvdi.samples.cli;

import com.microsoft.sqlserver.jdbc.ISQLServerMessage;
import com.microsoft.sqlserver.jdbc.ISQLServerMessageHandler;
import com.microsoft.sqlserver.jdbc.SQLServerError;
import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints the rows and messages of a batch while it runs, as sqlcmd does. */
final class SqlcmdOutput implements ISQLServerMessageHandler {

    /** The lowest severity of an error. */
    private static final int ERROR = 11;
    private static final int CHANGED_LANGUAGE = 5703;

    private final PrintWriter out;
    private boolean failed;

    SqlcmdOutput(PrintWriter out) {
        this.out = out;
    }

    /** Whether there was an error. */
    boolean failed() {
        return failed;
    }

    /** Executes a batch to its end. */
    void execute(Statement statement, String text) {
        try {
            boolean rows = statement.execute(text);
            while (true) {
                if (rows) {
                    print(statement.getResultSet());
                } else if (statement.getUpdateCount() < 0) {
                    return;
                }
                rows = statement.getMoreResults();
            }
        } catch (SQLException failure) { // of the driver: errors of the server come as messages
            failed = true;
            say("Sqlcmd: Error: " + failure.getMessage());
        }
    }

    @Override
    public ISQLServerMessage messageHandler(ISQLServerMessage message) {
        SQLServerError details = message.getSQLServerMessage();
        int number = details.getErrorNumber();
        if (details.getErrorSeverity() >= ERROR) {
            failed = true;
            say(String.format(Locale.ROOT, "Msg %d, Level %d, State %d, Server %s, Line %d", number,
                    details.getErrorSeverity(), details.getErrorState(), details.getServerName(),
                    details.getLineNumber()));
        }
        if (number != CHANGED_LANGUAGE) {
            say(details.getErrorMessage());
        }
        return null; // it is printed: the driver shall not throw it
    }

    /** Columns as wide as their widest value, where sqlcmd takes the width of the type. */
    private void print(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        List<String[]> lines = new ArrayList<>();
        String[] names = new String[columns.getColumnCount()];
        int[] widths = new int[names.length];
        for (int index = 0; index < names.length; index++) {
            names[index] = columns.getColumnLabel(index + 1);
        }
        lines.add(names);
        while (rows.next()) {
            String[] values = new String[names.length];
            for (int index = 0; index < names.length; index++) {
                String value = rows.getString(index + 1);
                values[index] = value == null ? "NULL" : SetReport.printable(value);
            }
            lines.add(values);
        }
        for (String[] line : lines) {
            for (int index = 0; index < line.length; index++) {
                widths[index] = Math.max(widths[index], line[index].length());
            }
        }
        String[] dashes = new String[names.length];
        for (int index = 0; index < names.length; index++) {
            dashes[index] = "-".repeat(widths[index]);
        }
        int count = lines.size() - 1;
        lines.add(1, dashes);
        lines.forEach(line -> say(joined(line, widths)));
        say("");
        say(String.format(Locale.ROOT, "(%d row%s affected)", count, count == 1 ? "" : "s"));
    }

    private static String joined(String[] values, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int index = 0; index < values.length; index++) {
            line.append(index == 0 ? "" : " ").append(values[index])
                    .append(" ".repeat(widths[index] - values[index].length()));
        }
        return line.toString().stripTrailing();
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
