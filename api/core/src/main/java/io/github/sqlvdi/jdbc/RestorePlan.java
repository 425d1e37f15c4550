package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.mtf.StreamReport;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.StoredStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A RESTORE of one backup set that is put together from its options. {@link SqlServer#restore} makes it.
 *
 * <pre>{@code
 * server.restore("sales2").moveFiles().from(Path.of("sales.bak")).run().orThrow();
 * }</pre>
 *
 * <p>Not safe for several threads at once.
 */
public final class RestorePlan {

    private final SqlServer server;
    private final String database;
    private final Options options = new Options();
    private final Map<String, String> moves = new LinkedHashMap<>();
    private final DatabaseParts parts = new DatabaseParts();
    private boolean log;
    private boolean moving;
    private Optional<SnapshotMount> snapshot = Optional.empty();

    RestorePlan(SqlServer server, String database) {
        this.server = server;
        this.database = database;
        Quoted.name("database", database);
    }

    /**
     * Makes it a restore of a log backup.
     *
     * @return this
     */
    public RestorePlan log() {
        log = true;
        return this;
    }

    /**
     * Restores these files only, from a backup of them or of the whole database.
     *
     * @param logicalNames the logical names, one or more
     * @return this
     * @throws IllegalArgumentException if there is none, or one is no name
     */
    public RestorePlan files(String... logicalNames) {
        parts.files(logicalNames);
        return this;
    }

    /**
     * Restores these filegroups only. The first restore of a piecemeal restore needs {@code with("PARTIAL")}, too.
     *
     * @param names the filegroups, one or more
     * @return this
     * @throws IllegalArgumentException if there is none, or one is no name
     */
    public RestorePlan filegroups(String... names) {
        parts.filegroups(names);
        return this;
    }

    /**
     * Restores the filegroups that can be written, and those of {@link #filegroups}.
     *
     * @return this
     */
    public RestorePlan readWriteFilegroups() {
        parts.readWriteFilegroups();
        return this;
    }

    /**
     * Puts a file of the database to another place.
     *
     * @param logicalName its logical name in the backup
     * @param physicalName its path on the server
     * @return this
     */
    public RestorePlan move(String logicalName, String physicalName) {
        moves.put(logicalName, physicalName);
        return this;
    }

    /**
     * Puts every file where the server can have it, as {@link MoveFiles} says. {@link #from(Path...)} and
     * {@link #from(StoredStream...)} then read the file list in the head of the first stream and ask the server for its
     * folders.
     *
     * @return this
     */
    public RestorePlan moveFiles() {
        moving = true;
        return this;
    }

    /**
     * Replaces an existing database, also another one of this name.
     *
     * @return this
     */
    public RestorePlan replace() {
        return with("REPLACE");
    }

    /**
     * Leaves the database in the state RESTORING, so that a differential or log backup can follow.
     *
     * @return this
     */
    public RestorePlan noRecovery() {
        return with("NORECOVERY");
    }

    /**
     * Makes the database usable, which is the server's default.
     *
     * @return this
     */
    public RestorePlan recovery() {
        return with("RECOVERY");
    }

    /**
     * Makes the database readable, and lets further backups follow.
     *
     * @param undoFile the path on the server for what recovery undoes
     * @return this
     */
    public RestorePlan standby(String undoFile) {
        return with("STANDBY = " + Quoted.text(undoFile));
    }

    /**
     * Recovers the database as it was at a time.
     *
     * @param time local time of the server that made the backup
     * @return this
     */
    public RestorePlan stopAt(LocalDateTime time) {
        options.addTime("STOPAT", time);
        return this;
    }

    /**
     * Recovers the database up to a marked transaction, which is included.
     *
     * @param mark the name of the mark, or {@code lsn:} and a number
     * @return this
     */
    public RestorePlan stopAtMark(String mark) {
        return with("STOPATMARK = " + Quoted.text(mark));
    }

    /**
     * Recovers the database up to a marked transaction, which is left out.
     *
     * @param mark the name of the mark, or {@code lsn:} and a number
     * @return this
     */
    public RestorePlan stopBeforeMark(String mark) {
        return with("STOPBEFOREMARK = " + Quoted.text(mark));
    }

    /**
     * Lets the server check the checksums of the stream; without it the server checks them if there are any.
     *
     * @return this
     */
    public RestorePlan checksum() {
        return with("CHECKSUM");
    }

    /**
     * Sets the largest transfer, which is the size of a buffer. The default, and what happens if the server has no memory
     * for it, are as for {@link BackupPlan#transferSize(int)}.
     *
     * @param bytes a multiple of 65,536 up to 4,194,304
     * @return this
     */
    public RestorePlan transferSize(int bytes) {
        options.addTransferSize(bytes);
        return this;
    }

    /**
     * Sets the number of buffers of all devices together. Without this call there are 4 for each device.
     *
     * @param buffers at least one for each device (message 3273)
     * @return this
     */
    public RestorePlan bufferCount(int buffers) {
        options.addBufferCount(buffers);
        return this;
    }

    /**
     * Leaves size and number of the buffers to the server.
     *
     * @return this
     */
    public RestorePlan serverBuffers() {
        options.leaveBuffers();
        return this;
    }

    /**
     * Takes the database from a snapshot. The files that are given next have its metadata, which
     * {@link SnapshotBackup} has stored.
     *
     * @param mount puts the files of the database in place; called once, on the thread of the device, after the server has
     *     read the metadata (VDC_MountSnapshot, VDI reference 2.10)
     * @return this
     */
    public RestorePlan snapshot(SnapshotMount mount) {
        snapshot = Optional.of(mount);
        return with("SNAPSHOT");
    }

    /**
     * Lets the server send its progress as messages (3211), too.
     *
     * @param percent 1 to 100, the step between two messages
     * @return this
     */
    public RestorePlan stats(int percent) {
        options.addStats(percent);
        return this;
    }

    /**
     * Adds any other option, for example {@code KEEP_REPLICATION}.
     *
     * @param option the option in T-SQL; it becomes part of the statement as it is
     * @return this
     */
    public RestorePlan with(String option) {
        options.add(option);
        return this;
    }

    private TextPlan textPlan() {
        return new TextPlan(options::buffers, buffers -> deviceText(buffers.map(options::with).orElse(options)));
    }

    private DeviceText deviceText(Options used) {
        Options all = new Options();
        moves.forEach((logical, physical) -> all.add("MOVE " + Quoted.text(logical) + " TO " + Quoted.text(physical)));
        used.all().forEach(all::add);
        return new DeviceText(
                "RESTORE " + (log ? "LOG " : "DATABASE ") + Quoted.name("database", database) + parts.text()
                        + " FROM ",
                all.text());
    }

    /**
     * {@return the statement with the options that were given, and <code>{devices}</code> in the place of its devices. A
     * job adds its choice of buffers}
     */
    public String text() {
        return deviceText(options).toString();
    }

    /**
     * Reads the backup from files.
     *
     * @param files one file for each device, 1 to 64
     * @return the job
     * @throws IOException if {@link #moveFiles()} was asked for and the first file has no file list that can be read
     * @throws SQLException if the server could not be asked for its folders
     */
    public ServerJob from(Path... files) throws IOException, SQLException {
        if (snapshot.isEmpty()) {
            return from(List.of(files).stream().map(StoredStream::of).toArray(StoredStream[]::new));
        }
        if (files.length > 0) {
            move(StoredStream.of(files[0]));
        }
        return ServerJob.restore(server, textPlan(), ServerDevices.mounting(snapshot.get(), files));
    }

    /**
     * Reads the backup from where it is stored; it may be compressed, encrypted and in a store.
     *
     * @param stripes one stream for each device, 1 to 64
     * @return the job
     * @throws IOException if {@link #moveFiles()} was asked for and the first stream cannot be read or decoded, or has no
     *     file list; the message names it
     * @throws SQLException if the server could not be asked for its folders
     * @throws IllegalStateException if {@link #snapshot} was asked for, whose metadata is in a plain file
     */
    public ServerJob from(StoredStream... stripes) throws IOException, SQLException {
        requireNoSnapshot();
        if (stripes.length > 0) {
            move(stripes[0]);
        }
        return ServerJob.restore(server, textPlan(), ServerDevices.reading(List.of(stripes)));
    }

    private void move(StoredStream first) throws IOException, SQLException {
        if (moving) {
            StreamReport head = StreamHead.of(first);
            MoveFiles.on(server).of(database, head).forEach(moves::putIfAbsent);
        }
    }

    private void requireNoSnapshot() {
        if (snapshot.isPresent()) {
            throw new IllegalStateException(
                    "snapshot() makes the device itself: give a file, or use with(\"SNAPSHOT\") "
                            + "and a device with SnapshotHooks");
        }
    }

    /**
     * Reads the backup from devices.
     *
     * @param devices 1 to 64
     * @return the job
     * @throws IllegalStateException if {@link #moveFiles()} was asked for, because a device can be read only once, or
     *     {@link #snapshot}
     */
    public ServerJob from(List<? extends JobDevice> devices) {
        if (moving) {
            throw new IllegalStateException(
                    "moveFiles() reads the head of the first file: give files or a StoredStream for each device, or use "
                            + "MoveFiles and move()");
        }
        requireNoSnapshot();
        return ServerJob.restore(server, textPlan(), ServerDevices.of(devices));
    }

    /** {@return the statement} */
    @Override
    public String toString() {
        return text();
    }
}
