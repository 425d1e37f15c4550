package io.github.sqlvdi.stream;

import io.github.sqlvdi.DeviceNames;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.statement.SqlStatement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One statement with all that belongs to it: the device set, a thread for each device, a thread for the statement, and
 * after their end one {@link JobResult}. Made by the builder of {@link BackupJob} or {@link RestoreJob}; runs once.
 *
 * <p>No failure makes {@link #run()} wait for ever. While the devices work, and while the server finishes a statement
 * whose devices ended well, there is no limit; {@link #cancel()} ends that.
 *
 * <p><b>Threads.</b> {@link #run()} uses the calling thread; {@link #cancel()} and {@link #progress()} may be called from
 * any thread at any time.
 */
public abstract sealed class VirtualDeviceJob permits BackupJob, RestoreJob {

    private final JobPlan plan;
    private final JobRun run;
    private final AtomicBoolean started = new AtomicBoolean();

    VirtualDeviceJob(JobPlan plan) {
        this.plan = plan;
        this.run = new JobRun(plan);
    }

    /**
     * The names of this job's devices, for its statement.
     *
     * @return as of {@link DeviceNames#of}
     */
    public final List<String> deviceNames() {
        return plan.deviceNames();
    }

    /**
     * Runs the job: prepares the devices, creates the set, executes the statement, serves the devices to their end, and
     * asks for the verdict. An interrupt of the calling thread cancels the job, while it waits for the configuration not
     * before that has come or timed out; the interrupt status is set again at the end.
     *
     * @return how it ended; failures are in the result
     * @throws IllegalStateException if the job was run before
     */
    public final JobResult run() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT,
                            "The job %s was run before: a device set serves one statement, make a new job",
                            plan.setName()));
        }
        return run.execute();
    }

    /**
     * Ends the job soon: aborts the device set (VDI reference 11.2) and cancels the statement. {@link #run()} returns with
     * a result that is not good, unless everything was finished before. Before {@link #run()} it makes that end at once.
     */
    public final void cancel() {
        run.cancel();
    }

    /**
     * How far the job is.
     *
     * @return the present numbers; zeros before the devices work
     */
    public final JobProgress progress() {
        return run.progress();
    }

    /**
     * Collects what a job needs. Not safe for several threads at once.
     *
     * @param <B> the builder itself
     */
    public abstract static sealed class Builder<B extends Builder<B>> permits BackupJob.Builder, RestoreJob.Builder {

        private final String setName;
        private final List<JobDevice> devices = new ArrayList<>();
        private VdiProvider provider = VdiProvider.AUTOMATIC;
        private String instance;
        private VdiConfig request = VdiConfig.builder().build();
        private SqlStatement statement;
        private Duration configurationTimeout = Duration.ofSeconds(60);
        private Duration endTimeout = Duration.ofSeconds(30);
        private Duration progressInterval = Duration.ofSeconds(1);
        private Consumer<JobProgress> progressListener;

        Builder(String setName) {
            this.setName = Objects.requireNonNull(setName, "setName");
        }

        abstract B self();

        /**
         * Sets which VDI is used; the default is {@link VdiProvider#AUTOMATIC}.
         *
         * @param chosen the provider
         * @return this
         */
        public B provider(VdiProvider chosen) {
            provider = Objects.requireNonNull(chosen, "provider");
            return self();
        }

        /**
         * Sets the instance of SQL Server; the default instance otherwise.
         *
         * @param name the name without the computer, or null for the default instance
         * @return this
         */
        public B instance(String name) {
            instance = name;
            return self();
        }

        /**
         * Sets the configuration to ask for: the class of the devices and all else; pipe-like by default. The number of
         * devices is taken from the devices instead.
         *
         * @param wanted the request
         * @return this
         */
        public B config(VdiConfig wanted) {
            request = Objects.requireNonNull(wanted, "config");
            return self();
        }

        /**
         * Adds a device. The devices get the names of {@link DeviceNames#of} in the order in
         * which they are added.
         *
         * @param device the device
         * @return this
         */
        public B device(JobDevice device) {
            devices.add(Objects.requireNonNull(device, "device"));
            return self();
        }

        /**
         * Adds a pipe-like device over a file: on a backup the file is written and appears on success, see
         * {@link TargetFile}; on a restore it is read.
         *
         * @param file the file
         * @return this
         */
        public abstract B device(Path file);

        /**
         * Sets the statement, which must be given.
         *
         * @param executed the statement, with the names of this job's devices
         * @return this
         */
        public B statement(SqlStatement executed) {
            statement = Objects.requireNonNull(executed, "statement");
            return self();
        }

        /**
         * Sets how long the server may take to configure the set; the default is 60 seconds. A statement that ends before
         * that ends the wait.
         *
         * @param timeout positive
         * @return this
         * @throws IllegalArgumentException if it is not positive
         */
        public B configurationTimeout(Duration timeout) {
            configurationTimeout = requirePositive(timeout, "configurationTimeout");
            return self();
        }

        /**
         * Sets how long devices and statement may take to end after an abort or a cancel before they are interrupted; the
         * default is 30 seconds.
         *
         * @param timeout positive
         * @return this
         * @throws IllegalArgumentException if it is not positive
         */
        public B endTimeout(Duration timeout) {
            endTimeout = requirePositive(timeout, "endTimeout");
            return self();
        }

        /**
         * Sets who is told of the progress, on the thread of {@link VirtualDeviceJob#run()} while the devices work. What
         * the listener throws ends the job.
         *
         * @param interval the longest time between two calls, positive
         * @param listener gets the numbers
         * @return this
         * @throws IllegalArgumentException if the interval is not positive
         */
        public B onProgress(Duration interval, Consumer<JobProgress> listener) {
            progressInterval = requirePositive(interval, "interval");
            progressListener = Objects.requireNonNull(listener, "listener");
            return self();
        }

        private static Duration requirePositive(Duration duration, String name) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "%s is %s: expected a positive time", name, duration));
            }
            return duration;
        }

        final JobPlan plan(boolean backup) {
            if (devices.isEmpty() || devices.size() > VdiConfig.MAX_DEVICES) {
                throw new IllegalArgumentException(String.format(Locale.ROOT,
                        "The job has %d devices: expected 1 to %d", devices.size(), VdiConfig.MAX_DEVICES));
            }
            if (statement == null) {
                throw new IllegalArgumentException("The job has no statement: give one with statement()");
            }
            int features = request.features() | (backup ? Features.REQUEST_COMPLETE : 0);
            VdiConfig config = new VdiConfig(devices.size(), features, request.prefixZoneSize(), request.alignment(),
                    request.softFileMarkBlockSize(), request.eomWarningSize(), request.serverTimeOutMillis(),
                    0, 0, 0, 0);
            return new JobPlan(backup, provider, instance, setName, DeviceNames.of(setName, devices.size()), config,
                    List.copyOf(devices), statement, configurationTimeout, endTimeout, progressInterval,
                    progressListener);
        }
    }
}
