package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The messages of BACKUP and RESTORE with their states (TDS reference 8.2). State 1 where no other is known. */
final class Messages {

    private static final double MEGABYTE = 1 << 20;
    private static final int PAGE = 8192;

    private Messages() {
    }

    /** An error with the message 3013 behind it. */
    static ServerError failure(String statement, List<ServerMessage> reasons) {
        List<ServerMessage> all = new ArrayList<>(reasons);
        all.add(ServerMessage.error(3013, "%s is terminating abnormally.", statement));
        return new ServerError(all);
    }

    static ServerError failure(String statement, ServerMessage... reasons) {
        return failure(statement, List.of(reasons));
    }

    static ServerMessage noDatabase(String name) {
        return ServerMessage
                .error(911, "Database '%s' does not exist. Make sure that the name is entered correctly.", name)
                .withState(11);
    }

    static ServerMessage restoring(String name) {
        return new ServerMessage(927, 14, 2,
                String.format(Locale.ROOT, "Database '%s' cannot be opened. It is in the middle of a restore.", name));
    }

    static ServerMessage offline(String name) {
        return new ServerMessage(942, 14, 4,
                String.format(Locale.ROOT, "Database '%s' cannot be opened because it is offline.", name));
    }

    static ServerMessage inTransaction() {
        return ServerMessage.error(3021, "Cannot perform a backup or restore operation within a transaction.")
                .withState(0);
    }

    static ServerMessage notSerialized() {
        return ServerMessage.error(3023, "Backup, file manipulation operations (such as ALTER DATABASE ADD FILE) and "
                + "encryption changes on a database must be serialized. Reissue the statement after the current backup or file "
                + "manipulation operation is completed.");
    }

    static ServerMessage inUse() {
        return ServerMessage.error(3101, "Exclusive access could not be obtained because the database is in use.");
    }

    static ServerMessage logFull(String database) {
        return new ServerMessage(9002, 17, 2, String.format(Locale.ROOT,
                "The transaction log for database '%s' is full due to '%s'.", database, "LOG_BACKUP"));
    }

    static ServerMessage conflict(String option, String other) {
        return ServerMessage.error(3031, "Option '%s' conflicts with option(s) '%s'. Remove the conflicting option and "
                + "reissue the statement.", option, other);
    }

    static ServerMessage unsupportedOption(String option) {
        return ServerMessage.error(3032,
                "One or more of the options (%s) are not supported for this statement. Review the "
                        + "documentation for supported options.",
                option);
    }

    static ServerMessage outOfRange(String option, long value) {
        return ServerMessage.error(3250, "The value '%d' is not within range for the %s parameter.", value, option);
    }

    static ServerMessage cannotOpen(String device, String systemError, boolean backup) {
        return ServerMessage
                .error(3201, "Cannot open backup device '%s'. Operating system error %s.", device, systemError)
                .withState(backup ? 1 : 2);
    }

    static ServerMessage noBackup(String device) {
        return ServerMessage
                .error(3241, "The media family on device '%s' is incorrectly formed. SQL Server cannot process "
                        + "this media family.", device)
                .withState(0);
    }

    static ServerMessage writableFiles() {
        return ServerMessage.info(3022, "This backup is a file backup of read-write data from a database that uses the "
                + "simple recovery model. This is only appropriate if you plan to set the filegroup to read-only followed by a "
                + "differential file backup. Consult Books Online for more information on managing read-only data for the "
                + "simple recovery model. In particular, consider how partial backups are used.");
    }

    static ServerMessage unknownFile(String file, String database) {
        return ServerMessage.error(3234,
                "Logical file '%s' is not part of database '%s'. Use RESTORE FILELISTONLY to list the logical file names.",
                file, database).withState(2);
    }

    static ServerMessage noSuchFile(long position, String device) {
        return ServerMessage.error(3287, "The file ID %d on device '%s' is incorrectly formed and can not be read.",
                position, device);
    }

    static ServerMessage endOfFile(String device) {
        return ServerMessage.error(3203, "Read on \"%s\" failed: 38(Reached the end of the file.)", device);
    }

    static ServerMessage percent(int percent) {
        return ServerMessage.info(3211, "%d percent processed.", percent);
    }

    static ServerMessage pages(long pages, String database, String file, int position) {
        return ServerMessage.info(4035, "Processed %d pages for database '%s', file '%s' on file %d.", pages, database,
                file,
                position);
    }

    static ServerMessage success(String statement, long pages, long nanos) {
        double seconds = Math.max(nanos / 1e9, 0.001);
        return ServerMessage.info(3014, "%s", String.format(Locale.ROOT,
                "%s successfully processed %d pages in %.3f seconds (%.3f MB/sec).", statement, pages, seconds,
                pages * PAGE / MEGABYTE / seconds));
    }
}
