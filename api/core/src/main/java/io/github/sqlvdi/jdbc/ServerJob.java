package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.DeviceNames;
import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobProgress;
import io.github.sqlvdi.stream.JobResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A statement with its devices, ready to run. {@link SqlServer#statement}, {@link BackupPlan} and {@link RestorePlan} make
 * it. Not safe for several threads at once, except {@link #cancel()}.
 */
public final class ServerJob {

    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(1);

    private final SqlServer server;
    private final TextPlan text;
    private final boolean backup;
    private final ServerDevices devices;
    private final List<? extends JobDevice> first;
    private final List<Consumer<DeviceJob.Builder>> settings = new ArrayList<>();
    private String setName = "sqlvdi-" + UUID.randomUUID();
    private Optional<Duration> pollInterval = Optional.empty();
    private final Object lock = new Object();
    private boolean cancelled;
    private Optional<DeviceJob> running = Optional.empty();

    private ServerJob(SqlServer server, TextPlan text, boolean backup, ServerDevices devices) {
        this.server = server;
        this.text = text;
        this.backup = backup;
        this.devices = devices;
        first = List.copyOf(devices.make().get());
        if (first.isEmpty()) {
            throw new IllegalArgumentException("No device was given: expected one file or device, or more");
        }
    }

    static ServerJob backup(SqlServer server, TextPlan text, ServerDevices devices) {
        return new ServerJob(server, text, true, devices);
    }

    static ServerJob restore(SqlServer server, TextPlan text, ServerDevices devices) {
        return new ServerJob(server, text, false, devices);
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

    /** {@return the text of the statement, with the names of the devices, as it is executed first} */
    public String text() {
        return text.text().apply(wish()).with(names(setName));
    }

    private Optional<Buffers> wish() {
        return text.wish().apply(first.size());
    }

    private static String name(String setName, int attempt) {
        return attempt == 1 ? setName : setName + "-" + attempt;
    }

    private List<String> names(String set) {
        return DeviceNames.of(set, first.size());
    }

    /**
     * Makes the job, for a program that looks at its progress. It executes the statement once: only {@link #run()} tries
     * it again with smaller buffers.
     *
     * @return the job, not running yet; it runs once
     * @throws IllegalArgumentException if the name of the set or the number of devices is out of range
     */
    public DeviceJob build() {
        return build(StatementWatch.NONE);
    }

    DeviceJob build(StatementWatch watch) {
        return build(first, setName, wish(), watch);
    }

    private DeviceJob build(List<? extends JobDevice> used, String set, Optional<Buffers> buffers,
            StatementWatch watch) {
        DeviceJob.Builder job = backup ? DeviceJob.backup(set) : DeviceJob.restore(set);
        server.configure(job);
        used.forEach(job::device);
        settings.forEach(setting -> setting.accept(job));
        Optional<ProgressPoll> poll = pollInterval.map(interval -> new ProgressPoll(server.source(), interval));
        String executed = text.text().apply(buffers).with(names(set));
        return job.statement(new JdbcStatement(server.source(), executed, names(set), poll, watch)).build();
    }

    /**
     * Runs the job. If the server has no memory for the buffers, the statement is executed again with smaller or fewer
     * ones, up to the server's own choice; the messages of the result say so. That needs a plan (the text of a program is
     * not changed), and files or devices that can be made again. The name of the set then gets {@code -2}, {@code -3} and
     * so on.
     *
     * @return the result of the last execution, failures included; {@link JobResult#orThrow()} throws them
     */
    public JobResult run() {
        List<SqlMessage> notes = new ArrayList<>();
        List<? extends JobDevice> used = first;
        Optional<Buffers> buffers = wish();
        for (int attempt = 1;; attempt++) {
            JobResult result =
                    run(build(used, name(setName, attempt), buffers, new StatementWatch(List.copyOf(notes))));
            Optional<Buffers> next = buffers.filter(all -> devices.repeatable() && BufferRoom.isMissing(result))
                    .flatMap(all -> all.smaller(first.size()));
            if (next.isEmpty() || isStopped()) {
                return result;
            }
            notes.add(BufferRoom.note(buffers.get(), next.get()));
            buffers = next;
            used = List.copyOf(devices.make().get());
        }
    }

    private JobResult run(DeviceJob job) {
        synchronized (lock) {
            running = Optional.of(job);
            if (cancelled) {
                job.cancel();
            }
        }
        return job.run();
    }

    private boolean isStopped() {
        synchronized (lock) {
            return cancelled || Thread.currentThread().isInterrupted();
        }
    }

    /**
     * Ends {@link #run()} soon, as {@link DeviceJob#cancel()} does. May be called from any thread, before it and more than
     * once.
     */
    public void cancel() {
        synchronized (lock) {
            cancelled = true;
            running.ifPresent(DeviceJob::cancel);
        }
    }

    /** {@return the text of the statement, and the number of devices} */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%d devices)", text.text().apply(wish()), first.size());
    }
}
