package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.DeviceNames;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobProgress;
import io.github.sqlvdi.stream.JobResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A statement with its devices, ready to run. {@link SqlServer#statement}, {@link BackupPlan} and {@link RestorePlan} make it. Not safe for several threads at once.
 */
public final class ServerJob {

    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(1);

    private final SqlServer server;
    private final DeviceText text;
    private final boolean backup;
    private final List<JobDevice> devices;
    private final List<Consumer<DeviceJob.Builder>> settings = new ArrayList<>();
    private String setName = "sqlvdi-" + UUID.randomUUID();
    private Optional<Duration> pollInterval = Optional.empty();

    private ServerJob(SqlServer server, DeviceText text, boolean backup, List<JobDevice> devices) {
        if (devices.isEmpty()) {
            throw new IllegalArgumentException("No device was given: expected one file or device, or more");
        }
        this.server = server;
        this.text = text;
        this.backup = backup;
        this.devices = List.copyOf(devices);
    }

    static ServerJob backup(SqlServer server, DeviceText text, List<JobDevice> devices) {
        return new ServerJob(server, text, true, devices);
    }

    static ServerJob restore(SqlServer server, DeviceText text, List<JobDevice> devices) {
        return new ServerJob(server, text, false, devices);
    }

    static List<JobDevice> writing(Path... files) {
        return List.of(files).stream().map(JobDevice::toFile).toList();
    }

    static List<JobDevice> reading(Path... files) {
        return List.of(files).stream().map(JobDevice::fromFile).toList();
    }

    /**
     * Sets the name of the device set. By default it is {@code sqlvdi-} and a random UUID. The history of the server
     * (msdb.dbo.backupmediafamily) has this name.
     *
     * @param name a name that no other statement uses, 1 to 260 characters without a backslash
     * @return this
     */
    public ServerJob setName(String name) {
        setName = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Sets a listener for the progress. The server is asked for its percentage and its estimate of the end as often, over
     * a second connection; {@link JobProgress#statement()} has them.
     *
     * @param interval the longest time between two calls, positive
     * @param listener receives the progress on a thread of the job
     * @return this
     */
    public ServerJob onProgress(Duration interval, Consumer<JobProgress> listener) {
        pollInterval = Optional.of(interval);
        settings.add(job -> job.onProgress(interval, listener));
        return this;
    }

    /**
     * Asks the server for its percentage also without a listener, for {@link DeviceJob#progress()}.
     *
     * @return this
     */
    public ServerJob askProgress() {
        pollInterval = Optional.of(pollInterval.orElse(PROGRESS_INTERVAL));
        return this;
    }

    /**
     * Sets anything else of the job, for example {@code job -> job.manifest(false)}.
     *
     * @param setting changes the builder of the job; called by {@link #build()}
     * @return this
     */
    public ServerJob with(Consumer<DeviceJob.Builder> setting) {
        settings.add(Objects.requireNonNull(setting, "setting"));
        return this;
    }

    /** {@return the text of the statement, with the names of the devices} */
    public String text() {
        return text.with(names());
    }

    /**
     * Makes the job, for a program that cancels it or looks at its progress.
     *
     * @return the job, not running yet; it runs once
     * @throws IllegalArgumentException if the name of the set or the number of devices is out of range
     */
    public DeviceJob build() {
        DeviceJob.Builder job = backup ? DeviceJob.backup(setName) : DeviceJob.restore(setName);
        server.configure(job);
        devices.forEach(job::device);
        settings.forEach(setting -> setting.accept(job));
        Optional<ProgressPoll> poll = pollInterval.map(interval -> new ProgressPoll(server.source(), interval));
        return job.statement(new JdbcStatement(server.source(), text(), names(), poll)).build();
    }

    private List<String> names() {
        return DeviceNames.of(setName, devices.size());
    }

    /**
     * Runs the job.
     *
     * @return the result, failures included; {@link JobResult#orThrow()} throws them
     */
    public JobResult run() {
        return build().run();
    }

    /** {@return the text of the statement, and the number of devices} */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%d devices)", text, devices.size());
    }
}
