package io.github.sqlvdi.emulator;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.statement.SqlMessage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The messages of SQL Server about backups and restores (VDI reference 14.4), with their numbers and severities. */
final class SqlMessages {

    private static final int ERROR = 16;
    private static final int PAGE = 8192;

    private SqlMessages() {
    }

    static SqlMessage success(String statement, long bytes, Duration elapsed) {
        double seconds = Math.max(elapsed.toNanos() / 1e9, 0.001);
        return new SqlMessage(3014, SqlMessage.INFORMATION, String.format(Locale.ROOT,
                "%s successfully processed %d pages in %.3f seconds (%.3f MB/sec).",
                statement, (bytes + PAGE - 1) / PAGE, seconds, bytes / seconds / (1 << 20)));
    }

    static SqlMessage terminating(String statement) {
        return error(3013, "%s is terminating abnormally.", statement);
    }

    /** {@return the messages for a command that a device answered with a failure} */
    static List<SqlMessage> commandFailed(CommandCode command, String device, int code) {
        String systemError = systemError(code);
        return switch (command) {
            case WRITE -> List.of(
                    log("BackupIoRequest::ReportIoError", "write", device, systemError),
                    error(3202, "Write on \"%s\" failed: %s", device, systemError));
            case READ -> List.of(
                    log("BackupIoRequest::ReportIoError", "read", device, systemError),
                    error(3203, "Read on \"%s\" failed: %s", device, systemError));
            default -> List.of(
                    log("BackupVirtualDeviceFile::" + method(command), command.nativeName(), device, systemError),
                    error(3271, "A nonrecoverable I/O error occurred on file \"%s:\" %s.", device, systemError));
        };
    }

    private static String method(CommandCode command) {
        return command == CommandCode.FLUSH ? "RequestDurableMedia" : command.nativeName().substring("VDC_".length());
    }

    /** {@return the message for a device that broke the rules of its class in a way that has no completion code} */
    static List<SqlMessage> misbehaved(String device, String what) {
        return List.of(error(3271, "A nonrecoverable I/O error occurred on file \"%s:\" %s", device,
                what.endsWith(".") ? what : what + "."));
    }

    /** {@return the message for a restored stream that has another length than the one that was given} */
    static List<SqlMessage> otherLength(String device, long bytes, long length) {
        return misbehaved(device,
                String.format(Locale.ROOT, "The stream has %d bytes, the backup has %d.", bytes, length));
    }

    /** {@return the message for a restored stream that ends too early, with the words of its reader} */
    static SqlMessage endOfFile(String device, String verdict) {
        return error(3203, "Read on \"%s\" failed: 38(Reached the end of the file.) (the stream is %s)", device,
                verdict);
    }

    /** {@return the message for a restored stream that is damaged, with the words of its reader} */
    static SqlMessage notTapeFormat(String device, String verdict) {
        return error(3242,
                "The file on device '%s' is not a valid Microsoft Tape Format backup set. (the stream is %s)",
                device, verdict);
    }

    /** {@return the message for a restored stream that is in no known format, with the reason} */
    static SqlMessage incorrectlyFormed(String device, String why) {
        return error(3241,
                "The media family on device '%s' is incorrectly formed. SQL Server cannot process this media "
                        + "family. (%s)",
                device, why);
    }

    static List<SqlMessage> openFailed(String device, VdiException failure) {
        String systemError = systemError(failure);
        return List.of(
                log("BackupVirtualDeviceSet::Initialize", "Open", device, systemError),
                error(3201, "Cannot open backup device '%s'. Operating system error %s.", device, systemError));
    }

    /** {@return the messages for a failed VDI call of the server} */
    static List<SqlMessage> setFailed(String method, String device, VdiException failure) {
        String systemError = systemError(failure);
        return List.of(
                log("BackupVirtualDeviceSet::" + method, "Request", device, systemError),
                error(3271, "A nonrecoverable I/O error occurred on file \"%s:\" %s.", device, systemError));
    }

    /** {@return the messages for buffers that do not fit into memory (VDI reference 13.6, 14.4)} */
    static List<SqlMessage> noBuffers(String device) {
        return List.of(error(18210, "BackupVirtualDeviceSet::AllocateBuffer:  failure on backup device '%s'. Operating "
                + "system error 995(The I/O operation has been aborted because of either a thread exit or an application "
                + "request.).", device));
    }

    /** {@return the message for a failure of a source or target, which stand for the data files of the database} */
    static List<SqlMessage> databaseFileFailed(String operation, Throwable failure) {
        return List.of(error(3634, "The operating system returned the error '%s' while attempting '%s'.",
                reason(failure), operation));
    }

    static List<SqlMessage> cancelled() {
        return List.of(error(3204, "The backup or restore was aborted."));
    }

    static SqlMessage tooManyDevices(int limit) {
        return error(3205, "Too many backup devices specified for backup or restore; only %d are allowed.", limit);
    }

    static SqlMessage invalidParameter(String parameter) {
        return error(3217, "Invalid value specified for %s parameter.", parameter);
    }

    static SqlMessage outOfRange(String parameter, long value) {
        return error(3250, "The value '%d' is not within range for the %s parameter.", value, parameter);
    }

    static SqlMessage blockSizeNotPowerOfTwo() {
        return error(3253, "The block size parameter must supply a value that is a power of 2.");
    }

    static SqlMessage unusableConfiguration(String why) {
        return error(3261, "SQL Server cannot use the virtual device configuration. (%s)", why);
    }

    static SqlMessage snapshotNeedsOneDevice() {
        return error(3277, "WITH SNAPSHOT must be used with only one virtual device.");
    }

    private static SqlMessage log(String method, String operation, String device, String systemError) {
        return error(18210, "%s: %s failure on backup device '%s'. Operating system error %s.",
                method, operation, device, systemError);
    }

    private static String systemError(int code) {
        return String.format(Locale.ROOT, "%d(%s)", code, CompletionCodes.name(code));
    }

    private static String systemError(VdiException failure) {
        String cause = failure.getCause() == null ? "" : ": " + reason(failure.getCause());
        return String.format(Locale.ROOT, "0x%08x(%s%s)", failure.hresult(), failure.codeName(), cause);
    }

    /** {@return the message of an exception, or the name of its class if it has no message} */
    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    private static SqlMessage error(int number, String text, Object... arguments) {
        return new SqlMessage(number, ERROR, String.format(Locale.ROOT, text, arguments));
    }
}
