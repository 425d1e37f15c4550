package io.github.sqlvdi.emulator.sqlserver;

import io.github.sqlvdi.DeviceNames;
import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.statement.SqlStatement;
import io.github.sqlvdi.statement.Verdict;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.testing.TestData;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A BACKUP or RESTORE that a job executes over JDBC. The sign @ in its text stands for the devices. */
final class JdbcStatement implements SqlStatement {

    /** Looks at the row of a header statement. */
    @FunctionalInterface
    interface Check {
        void of(ResultSet result) throws SQLException;
    }

    private final String url;
    private final String text;
    private final Check check;
    private final List<String> messages = new ArrayList<>();
    private final List<Integer> errors = new ArrayList<>();
    private volatile Statement running;

    private JdbcStatement(String url, String text, Check check) {
        this.url = url;
        this.text = text;
        this.check = check;
    }

    /** Runs the statement with one device for each file. */
    static JdbcStatement run(String url, String text, Check check, Path... files) {
        String set = TestData.setName();
        boolean backup = text.startsWith("BACKUP");
        DeviceJob.Builder job = backup ? DeviceJob.backup(set) : DeviceJob.restore(set);
        for (Path file : files) {
            job.device(file);
        }
        String clauses = DeviceNames.of(set, files.length).stream()
                .map(name -> "VIRTUAL_DEVICE = '" + name + "'").collect(Collectors.joining(", "));
        JdbcStatement statement = new JdbcStatement(url, text.replace("@", clauses), check);
        // What the server checks is tested: the job's own checks, which find the same before, are off.
        job.manifest(false).readAlong(false).statement(statement).build().run();
        return statement;
    }

    @Override
    public Verdict execute() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            running = statement;
            if (statement.execute(text) && check != null) {
                try (ResultSet result = statement.getResultSet()) {
                    result.next();
                    check.of(result);
                }
            }
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                messages.add(warning.getErrorCode() + " " + warning.getMessage());
            }
            return new Verdict(true, List.of(), OptionalLong.empty());
        } catch (SQLException error) {
            for (SQLException each = error; each != null; each = each.getNextException()) {
                errors.add(each.getErrorCode());
            }
            return new Verdict(false,
                    List.of(new SqlMessage(error.getErrorCode(), 16, String.valueOf(error.getMessage()))),
                    OptionalLong.empty());
        }
    }

    @Override
    public void cancel() {
        Statement current = running;
        if (current != null) {
            try {
                current.cancel();
            } catch (SQLException closed) {
                return; // the statement has ended
            }
        }
    }

    List<String> messages() {
        return messages;
    }

    List<Integer> errors() {
        return errors;
    }
}
