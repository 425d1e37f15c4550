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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A whole backup or restore: one statement, its device set, a thread for each device, a thread for the statement, and
 * at the end one {@link JobResult}. A job runs once.
 *
 * <pre>{@code
 * DeviceJob.backup("nightly-sales")
 *         .device(Path.of("sales.bak"))
 *         .statement(statement) // BACKUP DATABASE sales TO VIRTUAL_DEVICE = 'nightly-sales'
 *         .build().run().orThrow();
 * }</pre>
 *
 * <p>A restore is also the way to run {@code RESTORE HEADERONLY}, {@code FILELISTONLY}, {@code LABELONLY} and
 * {@code VERIFYONLY}, which may close a device before its end was read (VDI reference 2.2).
 *
 * <p>A backup requests VDC_Complete. A server that knows VDC_Complete then keeps the log until every target is finished
 * (VDI reference 6.4, 8.16).
 *
 * <p>After a failure {@link #run()} always returns. There is no limit of time while the devices work, and while the
 * server finishes a statement whose devices ended well; {@link #cancel()} ends these waits.
 *
 * <p><b>Threads.</b> {@link #run()} waits on the calling thread, which may be a virtual one; the job works on threads
 * of its own. {@link #cancel()} and {@link #progress()} may be called from any thread at any time.
 */
public final class DeviceJob {

    private final JobPlan plan;
    private final JobRun run;
    private final AtomicBoolean started = new AtomicBoolean();

    private DeviceJob(JobPlan plan) {
        this.plan = plan;
        this.run = new JobRun(plan);
    }

    /**
     * Starts the description of a backup: the devices store the server's data.
     *
     * @param setName the name of the device set, unique on this computer; also the name of the first device
     * @return a builder
     */
    public static Builder backup(String setName) {
        return new Builder(setName, true);
    }

    /**
     * Starts the description of a restore: the devices read data and give it to the server.
     *
     * @param setName the name of the device set, unique on this computer; also the name of the first device
     * @return a builder
     */
    public static Builder restore(String setName) {
        return new Builder(setName, false);
    }

    /**
     * Returns the names of this job's devices, for the text of its statement.
     *
     * @return the names that {@link DeviceNames#of} returns
     */
    public List<String> deviceNames() {
        return plan.deviceNames();
    }

    /**
     * Runs the job: prepares the devices, creates the set, executes the statement, serves the devices until they end,
     * and waits for the verdict. An interrupt of the calling thread cancels the job at any stage, even if it came
     * before this call; the interrupt status is set again at the end.
     *
     * @return the result, failures included; {@link JobResult#orThrow()} throws them
     * @throws IllegalStateException if the job was run before
     */
    public JobResult run() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT,
                            "The job %s was run before: a device set serves one statement, make a new job",
                            plan.setName()));
        }
        return run.execute();
    }

    /**
     * Ends the job soon: aborts the device set (VDI reference 11.2) and cancels the statement. {@link #run()} then
     * returns a result that is not good, unless everything was finished before. If {@link #run()} was not called yet,
     * it will return at once.
     */
    public void cancel() {
        run.cancel();
    }

    /**
     * Returns the progress of the job.
     *
     * @return the current numbers; zeros before the devices work
     */
    public JobProgress progress() {
        return run.progress();
    }

    /** Collects the values of a job. Not safe for several threads at once. */
    public static final class Builder {

        private final String setName;
        private final boolean backup;
        private final List<JobDevice> devices = new ArrayList<>();
        private VdiProvider provider = VdiProvider.AUTOMATIC;
        private Optional<String> instance = Optional.empty();
        private VdiConfig request = VdiConfig.builder().build();
        private Optional<SqlStatement> statement = Optional.empty();
        private boolean manifest = true;
        private boolean checkContent = true;
        private Duration configurationTimeout = Duration.ofSeconds(60);
        private Duration endTimeout = Duration.ofSeconds(30);
        private Duration progressInterval = Duration.ofSeconds(1);
        private Optional<Consumer<JobProgress>> progressListener = Optional.empty();
        private boolean readAlong = true;

        private Builder(String setName, boolean backup) {
            this.setName = Objects.requireNonNull(setName, "setName");
            this.backup = backup;
        }

        /**
         * Sets the implementation of VDI; the default is {@link VdiProvider#AUTOMATIC}.
         *
         * @param chosen the provider
         * @return this
         */
        public Builder provider(VdiProvider chosen) {
            provider = Objects.requireNonNull(chosen, "provider");
            return this;
        }

        /**
         * Sets the instance of SQL Server. Without this call it is the default instance.
         *
         * @param name the name without the computer
         * @return this
         */
        public Builder instance(String name) {
            instance = Optional.of(name);
            return this;
        }

        /**
         * Sets the configuration to request; the default has pipe-like devices. The number of devices in it is ignored:
         * the job counts its devices.
         *
         * @param wanted the request
         * @return this
         */
        public Builder config(VdiConfig wanted) {
            request = Objects.requireNonNull(wanted, "config");
            return this;
        }

        /**
         * Adds a device. The devices get the names of {@link DeviceNames#of} in the order in
         * which they are added.
         *
         * @param device the device
         * @return this
         */
        public Builder device(JobDevice device) {
            devices.add(Objects.requireNonNull(device, "device"));
            return this;
        }

        /**
         * Adds a pipe-like device over a file: on a backup the file must not exist and appears on success, see
         * {@link JobDevice#toFile(Path)} and {@link JobDevice#replacingFile(Path)}; on a restore it is read.
         *
         * @param file the file
         * @return this
         */
        public Builder device(Path file) {
            return device(backup ? JobDevice.toFile(file) : JobDevice.fromFile(file));
        }

        /**
         * Sets the statement, which must be given.
         *
         * @param executed the statement, with the names of this job's devices
         * @return this
         */
        public Builder statement(SqlStatement executed) {
            statement = Optional.of(executed);
            return this;
        }

        /**
         * Sets whether the files of the job have manifests; they do by default. A backup writes one beside the first
         * file of each device, {@code NAME.manifest}: the files of the backup in their order, with sizes and checksums.
         * A restore reads it first. If a file is missing, swapped, foreign, shortened or damaged, the restore ends
         * before it creates the device set.
         *
         * @param wanted false to write no manifests, or to ignore them
         * @return this
         */
        public Builder manifest(boolean wanted) {
            manifest = wanted;
            return this;
        }

        /**
         * Sets whether a restore compares the content of its files with their manifests before it begins; the default
         * is true. The comparison reads each file once more. A {@link BackupSource} is compared while it is restored: if it is
         * damaged, the read of its last bytes fails. Without the comparison a damaged file of the right size is not found.
         *
         * @param wanted false to compare only the sizes
         * @return this
         */
        public Builder checkContent(boolean wanted) {
            checkContent = wanted;
            return this;
        }

        /**
         * Sets how long the server may take to configure the set; the default is 60 seconds. The wait also ends when
         * the statement ends.
         *
         * @param timeout positive
         * @return this
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder configurationTimeout(Duration timeout) {
            configurationTimeout = requirePositive(timeout, "configurationTimeout");
            return this;
        }

        /**
         * Sets how long devices and statement may take to end after an abort or a cancel before they are interrupted; the
         * default is 30 seconds.
         *
         * @param timeout positive
         * @return this
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder endTimeout(Duration timeout) {
            endTimeout = requirePositive(timeout, "endTimeout");
            return this;
        }

        /**
         * Sets a listener for the progress, which a thread of the job calls while the devices work. If the listener
         * throws an exception, the job ends and is not good.
         *
         * @param interval the longest time between two calls, positive
         * @param listener receives the progress
         * @return this
         * @throws IllegalArgumentException if the interval is not positive
         */
        public Builder onProgress(Duration interval, Consumer<JobProgress> listener) {
            progressInterval = requirePositive(interval, "interval");
            progressListener = Optional.of(listener);
            return this;
        }

        /**
         * Sets whether the devices analyse the streams that pass through them; the default is true. Then the result and
         * the progress describe the streams and whether they are complete, and a restore from stripes that do not
         * belong together is refused. Only the blocks of the format are read, not the pages and the log, so the cost is
         * very small. Streams in an unknown format pass unchanged. Only the reference devices ({@link PipeDevice},
         * {@link TapeDevice}, {@link DiskDevice}) do this.
         *
         * @param read false for no analysis
         * @return this
         */
        public Builder readAlong(boolean read) {
            readAlong = read;
            return this;
        }

        private static Duration requirePositive(Duration duration, String name) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "%s is %s: expected a positive time", name, duration));
            }
            return duration;
        }

        /**
         * Makes the job.
         *
         * @return the job, not running yet
         * @throws IllegalArgumentException if there is no device, more than {@value VdiConfig#MAX_DEVICES}, or no
         *     statement
         */
        public DeviceJob build() {
            if (devices.isEmpty() || devices.size() > VdiConfig.MAX_DEVICES) {
                throw new IllegalArgumentException(String.format(Locale.ROOT,
                        "The job has %d devices: expected 1 to %d", devices.size(), VdiConfig.MAX_DEVICES));
            }
            SqlStatement executed = statement.orElseThrow(
                    () -> new IllegalArgumentException("The job has no statement: give one with statement()"));
            VdiConfig config = request.toBuilder().deviceCount(devices.size())
                    .features(request.features() | (backup ? Features.REQUEST_COMPLETE : 0)).build();
            return new DeviceJob(
                    new JobPlan(backup, provider, instance, setName, DeviceNames.of(setName, devices.size()), config,
                            List.copyOf(devices), executed, manifest, checkContent, configurationTimeout, endTimeout,
                            progressInterval,
                            progressListener, readAlong));
        }
    }
}
