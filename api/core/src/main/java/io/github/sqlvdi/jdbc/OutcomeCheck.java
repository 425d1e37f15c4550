package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.statement.DeviceOutcome;
import io.github.sqlvdi.statement.OutcomeUnknownException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/**
 * Finds out how a statement ended whose answer did not come. The devices tell the first half: the server of a successful
 * statement closes each of them. The history in msdb tells the second: it has a row for each device of a successful
 * backup, under the device's name, which no other backup has.
 */
final class OutcomeCheck {

    /** How long the devices may take to end after the statement has ended. */
    private static final long DEVICE_SECONDS = 10;
    /** How long the server may take for its answer. */
    private static final int ANSWER_SECONDS = 10;
    /** How long a connection and the answer may take together. */
    private static final Duration LIMIT = Duration.ofSeconds(40);
    /** As long after a cancel: a server that is well answers within milliseconds. */
    private static final Duration CANCELLED_LIMIT = Duration.ofSeconds(1);
    private static final String QUERY = "SELECT COUNT(*) FROM msdb.dbo.backupmediafamily WHERE physical_device_name = ";

    private final DataSource source;
    private final List<String> deviceNames;
    private final StatementCancel cancel;

    OutcomeCheck(DataSource source, List<String> deviceNames, StatementCancel cancel) {
        this.source = source;
        this.cancel = cancel;
        this.deviceNames = List.copyOf(deviceNames);
    }

    /**
     * Waits for the devices, and asks the history if the server has closed all of them.
     *
     * @param lost whether the server may still execute the statement
     */
    boolean isGoodAfterDevices(CompletableFuture<List<DeviceOutcome>> devices, boolean lost, String reason,
            Optional<SQLException> cause) throws OutcomeUnknownException {
        try {
            List<DeviceOutcome> ends = devices.get(DEVICE_SECONDS, TimeUnit.SECONDS);
            return !ends.isEmpty() && ends.stream().allMatch(DeviceOutcome::closed) && isGood(lost, reason, cause);
        } catch (TimeoutException busy) {
            throw unknown(reason, "the devices have not ended", cause.orElse(null));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unknown(reason, "the job has ended", cause.orElse(null));
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Asks the history.
     *
     * @param lost whether the server may still execute the statement, so that the history is not complete
     */
    boolean isGood(boolean lost, String reason, Optional<SQLException> cause) throws OutcomeUnknownException {
        try {
            Optional<Boolean> found =
                    DriverCall.run(cancel, LIMIT, CANCELLED_LIMIT, this::hasHistory, unwanted -> {
                    });
            if (found.isEmpty()) {
                throw unknown(reason, "the server did not answer in time", cause.orElse(null));
            }
            if (found.get()) {
                return true;
            }
        } catch (SQLException unreachable) {
            cause.ifPresent(unreachable::addSuppressed);
            throw unknown(reason, "the server could not be asked: " + unreachable.getMessage(), unreachable);
        }
        if (lost) {
            throw unknown(reason, "the history has no backup yet", cause.orElse(null));
        }
        return false;
    }

    private boolean hasHistory() throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement query = connection.prepareStatement(QUERY + "?")) {
            query.setQueryTimeout(ANSWER_SECONDS);
            query.setString(1, deviceNames.getFirst());
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getInt(1) > 0;
            }
        }
    }

    private OutcomeUnknownException unknown(String reason, String why, Throwable cause) {
        return new OutcomeUnknownException(String.format(Locale.ROOT,
                "%s, so its outcome is unknown (%s). A backup is good if %s%s finds a row; for a restore look at "
                        + "msdb.dbo.restorehistory and at the state of the database in sys.databases",
                reason, why, QUERY, Quoted.text(deviceNames.getFirst())), cause);
    }
}
