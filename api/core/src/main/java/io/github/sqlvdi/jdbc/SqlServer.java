package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * An SQL Server on this computer, whose databases are backed up and restored. Immutable, for any thread.
 *
 * <pre>{@code
 * SqlServer server = SqlServer.at("jdbc:sqlserver://localhost;user=sa;password=...;trustServerCertificate=true");
 * server.backup("sales").checksum().to(Path.of("sales.bak")).run().orThrow();
 * server.restore("sales2").moveFiles().from(Path.of("sales.bak")).run().orThrow();
 * server.statement("BACKUP LOG sales TO {devices}").to(Path.of("sales.trn")).run().orThrow();
 * }</pre>
 *
 * <p>The server must run on this computer, because virtual devices are shared memory. The login must be a member of sysadmin
 * (message 3265).
 */
public final class SqlServer {

    private final DataSource source;
    private final Optional<String> instance;
    private final VdiProvider provider;

    private SqlServer(DataSource source, Optional<String> instance, VdiProvider provider) {
        this.source = source;
        this.instance = instance;
        this.provider = provider;
    }

    /**
     * Takes the connections of a data source.
     *
     * @param source the data source, for example a pool; a statement holds one connection for its whole time, and a
     *     second one if its progress is asked for
     * @return the server, its default instance
     */
    public static SqlServer of(DataSource source) {
        return new SqlServer(Objects.requireNonNull(source, "source"), Optional.empty(), VdiProvider.AUTOMATIC);
    }

    /**
     * Takes connections of the driver manager.
     *
     * @param url the URL of a driver on the class path, with the login
     * @return the server, its default instance
     */
    public static SqlServer at(String url) {
        return at(url, new Properties());
    }

    /**
     * Takes connections of the driver manager.
     *
     * @param url the URL of a driver on the class path
     * @param properties the properties of each connection, for example {@code user} and {@code password}
     * @return the server, its default instance
     */
    public static SqlServer at(String url, Properties properties) {
        return of(new DriverSource(url, properties));
    }

    /**
     * Sets the instance whose VDI is used; without this it is the default instance.
     *
     * @param name the name without the computer
     * @return a server with it
     */
    public SqlServer instance(String name) {
        return new SqlServer(source, Optional.of(name), provider);
    }

    /**
     * Sets the implementation of VDI. With the emulated SQL Server it is {@link VdiProvider#EMBEDDED}.
     *
     * @param chosen the provider; the default is {@link VdiProvider#AUTOMATIC}
     * @return a server with it
     */
    public SqlServer provider(VdiProvider chosen) {
        return new SqlServer(source, instance, Objects.requireNonNull(chosen, "chosen"));
    }

    /** {@return the connections} */
    public DataSource source() {
        return source;
    }

    /**
     * Begins a statement of the program's own text.
     *
     * @param text a BACKUP or RESTORE in T-SQL, with <code>{devices}</code> exactly once in the place of its devices
     * @return the statement, whose devices are given next
     * @throws IllegalArgumentException if the text has not exactly one <code>{devices}</code>
     */
    public OwnStatement statement(String text) {
        return new OwnStatement(this, DeviceText.of(text));
    }

    /**
     * Begins a backup that is put together from its options.
     *
     * @param database the database
     * @return the plan, a full backup without options
     * @throws IllegalArgumentException if the name is empty or longer than 128 characters
     */
    public BackupPlan backup(String database) {
        return new BackupPlan(this, database);
    }

    /**
     * Lists the databases that can be backed up.
     *
     * @param pattern names as LIKE compares them, for example {@code %} or {@code sales[_]%}
     * @return the user databases that are online; system databases only if the pattern is the very name of one
     * @throws SQLException if the server could not be asked
     */
    public List<String> databases(String pattern) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = source.getConnection();
                PreparedStatement query = connection.prepareStatement("SELECT name FROM sys.databases WHERE state = 0 "
                        + "AND source_database_id IS NULL AND name LIKE ? AND (database_id > 4 OR name = ?) "
                        + "AND name <> 'tempdb' ORDER BY name")) {
            query.setString(1, pattern);
            query.setString(2, pattern);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
        }
        return names;
    }

    /**
     * Begins backups of several databases.
     *
     * @param databases their names, each once
     * @return the backups, whose devices are given next
     * @throws IllegalArgumentException if a name was given twice
     */
    public ManyBackups backupAll(List<String> databases) {
        return new ManyBackups(this, databases);
    }

    /**
     * Begins a snapshot of several databases that are frozen at the same time.
     *
     * @param databases their names, each once
     * @return the snapshot, whose devices and action are given next
     * @throws IllegalArgumentException if no name was given, or one twice
     */
    public SnapshotBackup snapshot(List<String> databases) {
        return new SnapshotBackup(this, databases);
    }

    /**
     * Begins a restore that is put together from its options.
     *
     * @param database the name that the restored database gets
     * @return the plan
     * @throws IllegalArgumentException if the name is empty or longer than 128 characters
     */
    public RestorePlan restore(String database) {
        return new RestorePlan(this, database);
    }

    /**
     * Begins a restore from full backup, differential and logs.
     *
     * @param database the name that the restored database gets
     * @return the restore, to which the backup sets are added
     * @throws IllegalArgumentException if the name is empty or longer than 128 characters
     */
    public ChainRestore restoreChain(String database) {
        return new ChainRestore(this, database);
    }

    /**
     * Asks the server for the backup sets on a medium: RESTORE HEADERONLY.
     *
     * @param files all stripes of the medium
     * @return one row for each backup set, by the columns of {@link io.github.sqlvdi.mtf.HeaderColumns}
     * @throws JobException if the server refuses the medium, or the statement failed
     */
    public List<ServerRow> headerOnly(Path... files) throws JobException {
        return rows("HEADERONLY", ServerDevices.reading(files));
    }

    /**
     * Asks the server for the backup sets on a medium that is not made of plain files: RESTORE HEADERONLY.
     *
     * @param devices makes devices that read all stripes of the medium
     * @return one row for each backup set, by the columns of {@link io.github.sqlvdi.mtf.HeaderColumns}
     * @throws JobException if the server refuses the medium, or the statement failed
     */
    public List<ServerRow> headerOnly(Supplier<? extends List<? extends JobDevice>> devices) throws JobException {
        return rows("HEADERONLY", ServerDevices.of(devices));
    }

    /**
     * Asks the server for the files of the database in a backup: RESTORE FILELISTONLY.
     *
     * @param files all stripes of the medium
     * @return one row for each file, by the columns of {@link io.github.sqlvdi.mtf.FileColumns}
     * @throws JobException if the server refuses the medium, or the statement failed
     */
    public List<ServerRow> fileListOnly(Path... files) throws JobException {
        return rows("FILELISTONLY", ServerDevices.reading(files));
    }

    /**
     * Asks the server for the files of the database in a backup that is not made of plain files: RESTORE FILELISTONLY.
     *
     * @param devices makes devices that read all stripes of the medium
     * @return one row for each file, by the columns of {@link io.github.sqlvdi.mtf.FileColumns}
     * @throws JobException if the server refuses the medium, or the statement failed
     */
    public List<ServerRow> fileListOnly(Supplier<? extends List<? extends JobDevice>> devices) throws JobException {
        return rows("FILELISTONLY", ServerDevices.of(devices));
    }

    /**
     * Asks the server for the label of a medium: RESTORE LABELONLY.
     *
     * @param file one stripe
     * @return the label, by the columns of {@link io.github.sqlvdi.mtf.LabelColumns}
     * @throws JobException if the server refuses the medium, or the statement failed
     */
    public ServerRow labelOnly(Path file) throws JobException {
        return rows("LABELONLY", ServerDevices.reading(file)).getFirst();
    }

    /**
     * Lets the server read a whole backup and check it without restoring it: RESTORE VERIFYONLY.
     *
     * @param files all stripes of the medium
     * @return the job; its result is good if the backup is
     */
    public ServerJob verifyOnly(Path... files) {
        return readOnly("VERIFYONLY", ServerDevices.reading(files));
    }

    /**
     * Lets the server read and check a backup that is not made of plain files: RESTORE VERIFYONLY.
     *
     * @param devices makes devices that read all stripes of the medium
     * @return the job; its result is good if the backup is
     */
    public ServerJob verifyOnly(Supplier<? extends List<? extends JobDevice>> devices) {
        return readOnly("VERIFYONLY", ServerDevices.of(devices));
    }

    private List<ServerRow> rows(String kind, ServerDevices devices) throws JobException {
        return ServerRow.of(readOnly(kind, devices).with(job -> job.manifest(false)).run().orThrow().verdict()
                .orElseThrow().results().getLast());
    }

    private ServerJob readOnly(String kind, ServerDevices devices) {
        return ServerJob.restore(this, TextPlan.of(new DeviceText("RESTORE " + kind + " FROM ", "")),
                devices);
    }

    void configure(DeviceJob.Builder job) {
        job.provider(provider);
        instance.ifPresent(job::instance);
    }

    /** A statement of the program's own text, without devices yet. */
    public static final class OwnStatement {

        private final SqlServer server;
        private final DeviceText text;

        private OwnStatement(SqlServer server, DeviceText text) {
            this.server = server;
            this.text = text;
        }

        /**
         * Lets a BACKUP write files, which must not exist and appear on success.
         *
         * @param files one file for each device
         * @return the job
         */
        public ServerJob to(Path... files) {
            return ServerJob.backup(server, TextPlan.of(text), ServerDevices.writing(files));
        }

        /**
         * Lets a BACKUP write devices.
         *
         * @param devices one or more
         * @return the job
         */
        public ServerJob to(List<? extends JobDevice> devices) {
            return ServerJob.backup(server, TextPlan.of(text), ServerDevices.of(devices));
        }

        /**
         * Lets a RESTORE read files.
         *
         * @param files one file for each device
         * @return the job
         */
        public ServerJob from(Path... files) {
            return ServerJob.restore(server, TextPlan.of(text), ServerDevices.reading(files));
        }

        /**
         * Lets a RESTORE read devices.
         *
         * @param devices one or more
         * @return the job
         */
        public ServerJob from(List<? extends JobDevice> devices) {
            return ServerJob.restore(server, TextPlan.of(text), ServerDevices.of(devices));
        }
    }
}
