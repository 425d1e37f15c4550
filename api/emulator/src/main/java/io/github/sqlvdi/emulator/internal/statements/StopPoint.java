package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.catalog.BackupContents;
import io.github.sqlvdi.emulator.internal.catalog.Database;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.HeaderColumns;
import io.github.sqlvdi.mtf.RecoveryModel;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Locale;

/**
 * The point of STOPAT, STOPATMARK or STOPBEFOREMARK. A stream says when its backup ended and where its log ends, so that is
 * what a point is compared with. No stream of this server has named marks: a log never reaches one. Which message an
 * unsuitable point gets is inferred from their texts.
 */
final class StopPoint {

    private static final String LSN = "lsn:";

    private final LocalDateTime time;
    private final BigDecimal lsn;
    private final String mark;
    private final boolean before;

    private StopPoint(LocalDateTime time, BigDecimal lsn, String mark, boolean before) {
        this.time = time;
        this.lsn = lsn;
        this.mark = mark;
        this.before = before;
    }

    /** The time of STOPAT; null for a mark. */
    LocalDateTime time() {
        return time;
    }

    /** The mark; null for a time. */
    String mark() {
        return mark;
    }

    /** Whether the restore stops before the mark. */
    boolean isBeforeMark() {
        return before;
    }

    /**
     * The point of a statement; null if it restores everything.
     *
     * @throws ServerError if the option has no point, or the statement takes no mark
     */
    static StopPoint of(String statement, Options options, boolean log) {
        if (options.has("STOPAT")) {
            return new StopPoint(options.time("STOPAT"), null, null, false);
        }
        String option =
                options.has("STOPATMARK") ? "STOPATMARK" : options.has("STOPBEFOREMARK") ? "STOPBEFOREMARK" : null;
        if (option == null) {
            return null;
        }
        String mark = options.text(option);
        boolean before = option.equals("STOPBEFOREMARK");
        if (mark != null && mark.toLowerCase(Locale.ROOT).startsWith(LSN)) {
            return new StopPoint(null, number(statement, mark.substring(LSN.length()).strip()), mark, before);
        }
        if (!log) {
            throw Messages.failure(statement,
                    ServerMessage.error(4340, "The point-in-time clause of this RESTORE statement is restricted "
                            + "for use by RESTORE LOG statements only. Omit the clause or use a clause that includes a timestamp."));
        }
        return new StopPoint(null, null, mark, before);
    }

    private static BigDecimal number(String statement, String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException noNumber) {
            throw Messages.failure(statement,
                    ServerMessage.error(4334, "The named mark does not identify a valid LSN."));
        }
    }

    /** Refuses a backup set that goes beyond the point, or has gone there already. */
    void check(Database existing, BackupContents contents) {
        if (contents.recoveryModel() == RecoveryModel.SIMPLE) {
            throw new ServerError(ServerMessage.error(3145,
                    "The STOPAT option is not supported for databases that use the SIMPLE recovery model."));
        }
        if (contents.type() != BackupType.LOG && isBefore(finish(contents), contents.lsn(HeaderColumns.LAST_LSN))) {
            throw new ServerError(ServerMessage.error(4338,
                    "The STOPAT clause specifies a point too early to allow this "
                            + "backup set to be restored. Choose a different stop point or use RESTORE DATABASE WITH RECOVERY to recover "
                            + "at the current point."));
        }
        if (existing != null && isBefore(existing.redoTime, existing.redoLsn)) {
            throw new ServerError(
                    ServerMessage.error(4335, "The specified STOPAT time is too early. All or part of the "
                            + "database is already rolled forward beyond that point."));
        }
    }

    private boolean isBefore(LocalDateTime reachedTime, BigDecimal reachedLsn) {
        return time != null && reachedTime != null && time.isBefore(reachedTime)
                || lsn != null && reachedLsn != null && lsn.compareTo(reachedLsn) < 0;
    }

    /** Whether the log of a backup set goes as far as the point. */
    boolean isReached(BackupContents contents) {
        BigDecimal last = contents.lsn(HeaderColumns.LAST_LSN);
        return time != null && finish(contents) != null && !time.isAfter(finish(contents))
                || lsn != null && last != null && lsn.compareTo(last) <= 0;
    }

    private static LocalDateTime finish(BackupContents contents) {
        return contents.get(HeaderColumns.BACKUP_FINISH_DATE);
    }

    /** The message for a database that waits for more log. */
    ServerMessage waiting() {
        return time != null ? ServerMessage.info(4322, "This backup set contains records that were logged before the "
                + "designated point in time. The database is being left in the restoring state so that more roll forward can be "
                + "performed.")
                : ServerMessage.info(4329,
                        "This log file contains records logged before the designated mark. The database is "
                                + "being left in the Restoring state so you can apply another log file.");
    }
}
