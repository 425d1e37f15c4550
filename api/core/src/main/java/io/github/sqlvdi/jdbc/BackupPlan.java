package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.stream.JobDevice;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Supplier;

/**
 * A BACKUP that is put together from its options. {@link SqlServer#backup} makes it. Without options it is a full backup as
 * the server's settings want it.
 *
 * <pre>{@code
 * server.backup("sales").checksum().compression().to(Path.of("sales.bak")).run().orThrow();
 * }</pre>
 *
 * <p>SQL Server refuses MIRROR TO for virtual devices (message 3008), so there is no method for it. Not safe for several
 * threads at once.
 */
public final class BackupPlan {

    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_DESCRIPTION = 255;
    private static final int MOST_DAYS = 99_999;
    private static final String DIFFERENTIAL = "DIFFERENTIAL";

    private final SqlServer server;
    private final String database;
    private final DatabaseParts parts = new DatabaseParts();
    private final Options options = new Options();
    private boolean log;

    BackupPlan(SqlServer server, String database) {
        this.server = server;
        this.database = Quoted.name("database", database);
    }

    /**
     * Makes it a differential backup: what changed since the last full backup.
     *
     * @return this
     */
    public BackupPlan differential() {
        return with(DIFFERENTIAL);
    }

    /**
     * Makes it a backup of the transaction log.
     *
     * @return this
     */
    public BackupPlan log() {
        log = true;
        return this;
    }

    /**
     * Backs up these files only.
     *
     * @param logicalNames the logical names, one or more
     * @return this
     * @throws IllegalArgumentException if there is none, or one is no name
     */
    public BackupPlan files(String... logicalNames) {
        parts.files(logicalNames);
        return this;
    }

    /**
     * Backs up these filegroups only.
     *
     * @param names the filegroups, one or more
     * @return this
     * @throws IllegalArgumentException if there is none, or one is no name
     */
    public BackupPlan filegroups(String... names) {
        parts.filegroups(names);
        return this;
    }

    /**
     * Backs up the filegroups that can be written, and those of {@link #filegroups}: a partial backup.
     *
     * @return this
     */
    public BackupPlan readWriteFilegroups() {
        parts.readWriteFilegroups();
        return this;
    }

    /**
     * Leaves differential bases and the log chain as they are.
     *
     * @return this
     */
    public BackupPlan copyOnly() {
        return with("COPY_ONLY");
    }

    /**
     * Lets the server check the pages and put checksums into the stream.
     *
     * @return this
     */
    public BackupPlan checksum() {
        return with("CHECKSUM");
    }

    /**
     * Lets the server compress the stream.
     *
     * @return this
     */
    public BackupPlan compression() {
        return with("COMPRESSION");
    }

    /**
     * Names the backup set.
     *
     * @param text at most 128 characters
     * @return this
     */
    public BackupPlan name(String text) {
        options.addText("NAME", text, LONGEST_NAME);
        return this;
    }

    /**
     * Describes the backup set.
     *
     * @param text at most 255 characters
     * @return this
     */
    public BackupPlan description(String text) {
        options.addText("DESCRIPTION", text, LONGEST_DESCRIPTION);
        return this;
    }

    /**
     * Sets when the backup set expires.
     *
     * @param time local time of the server
     * @return this
     */
    public BackupPlan expireDate(LocalDateTime time) {
        options.addTime("EXPIREDATE", time);
        return this;
    }

    /**
     * Sets after how many days the backup set expires.
     *
     * @param days 0 to 99,999
     * @return this
     */
    public BackupPlan retainDays(int days) {
        options.addNumber("RETAINDAYS", days, 0, MOST_DAYS);
        return this;
    }

    /**
     * Sets the block size of the stream.
     *
     * @param bytes a power of 2 from 512 to 65,536
     * @return this
     */
    public BackupPlan blockSize(int bytes) {
        options.addBlockSize(bytes);
        return this;
    }

    /**
     * Sets the largest transfer, which is the size of a buffer. Without this call it is 1 MiB for up to 16 devices and
     * 512 KiB for more, so that each busy device has 2 MiB of buffers and more: with less, the server fills a buffer again
     * while its old bytes are still in the cache of another processor. SQL Server's own choice is 64 KiB.
     *
     * <p>If the server has no memory for the buffers (message 18210 of {@code AllocateBuffer}, 701 or 802),
     * {@link ServerJob#run()} executes the statement again with smaller or fewer ones, and the messages of the result say
     * so.
     *
     * @param bytes a multiple of 65,536 up to 4,194,304
     * @return this
     */
    public BackupPlan transferSize(int bytes) {
        options.addTransferSize(bytes);
        return this;
    }

    /**
     * Sets the number of buffers of all devices together. Without this call there are 4 for each device. All of them times
     * the transfer size is the shared memory that the server needs, on 32-bit systems in one piece.
     *
     * @param buffers at least one for each device (message 3273)
     * @return this
     */
    public BackupPlan bufferCount(int buffers) {
        options.addBufferCount(buffers);
        return this;
    }

    /**
     * Leaves size and number of the buffers to the server.
     *
     * @return this
     */
    public BackupPlan serverBuffers() {
        options.leaveBuffers();
        return this;
    }

    /**
     * Lets the server send its progress as messages (3211), too.
     *
     * @param percent 1 to 100, the step between two messages
     * @return this
     */
    public BackupPlan stats(int percent) {
        options.addStats(percent);
        return this;
    }

    /**
     * Leaves the database in the state RESTORING after a backup of the tail of its log.
     *
     * @return this
     */
    public BackupPlan noRecovery() {
        return with("NORECOVERY");
    }

    /**
     * Adds any other option, for example {@code NO_TRUNCATE}.
     *
     * @param option the option in T-SQL; it becomes part of the statement as it is
     * @return this
     */
    public BackupPlan with(String option) {
        options.add(option);
        return this;
    }

    private TextPlan textPlan() {
        deviceText(options); // refuses what cannot be combined before there is a job
        return new TextPlan(options::buffers, buffers -> deviceText(buffers.map(options::with).orElse(options)));
    }

    private DeviceText deviceText(Options used) {
        if (log && (options.has(DIFFERENTIAL) || !parts.isEmpty())) {
            throw new IllegalArgumentException("A backup of the log is neither differential nor one of files: expected "
                    + "log() alone, or differential() and files() without it");
        }
        return new DeviceText("BACKUP " + (log ? "LOG " : "DATABASE ") + database
                + parts.text() + " TO ", used.text());
    }

    /**
     * {@return the statement with the options that were given, and <code>{devices}</code> in the place of its devices. A
     * job adds its choice of buffers}
     */
    public String text() {
        return deviceText(options).toString();
    }

    /**
     * Writes the backup into files, which must not exist and appear on success.
     *
     * @param files one file for each device, 1 to 64
     * @return the job
     */
    public ServerJob to(Path... files) {
        return ServerJob.backup(server, textPlan(), ServerDevices.writing(files));
    }

    /**
     * Writes the backup to devices. A statement whose buffers are too large for the server is not executed again, because
     * a device is used once: see {@link #to(Supplier)}.
     *
     * @param devices 1 to 64
     * @return the job
     */
    public ServerJob to(List<? extends JobDevice> devices) {
        return ServerJob.backup(server, textPlan(), ServerDevices.of(devices));
    }

    /**
     * Writes the backup to devices that are made for each execution of the statement. There is more than one only if the
     * server has no memory for the buffers.
     *
     * @param devices makes 1 to 64 devices, always as many
     * @return the job
     */
    public ServerJob to(Supplier<? extends List<? extends JobDevice>> devices) {
        return ServerJob.backup(server, textPlan(), ServerDevices.of(devices));
    }

    /** {@return the statement} */
    @Override
    public String toString() {
        return text();
    }
}
