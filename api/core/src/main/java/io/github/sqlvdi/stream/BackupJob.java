package io.github.sqlvdi.stream;

import java.nio.file.Path;

/**
 * A whole backup: the bytes of each device go into a file or channel.
 *
 * <pre>{@code
 * JobResult result = BackupJob.builder("nightly-sales")
 *         .device(Path.of("sales.bak"))
 *         .statement(statement) // BACKUP DATABASE sales TO VIRTUAL_DEVICE = 'nightly-sales'
 *         .build().run();
 * }</pre>
 *
 * <p>VDC_Complete is asked for, so that a server that knows it keeps the log until every target is finished (VDI reference
 * 6.4, 8.16).
 */
public final class BackupJob extends VirtualDeviceJob {

    private BackupJob(JobPlan plan) {
        super(plan);
    }

    /**
     * Begins the description of a backup.
     *
     * @param setName the name of the device set, unique on this computer; also the name of the first device
     * @return a builder
     */
    public static Builder builder(String setName) {
        return new Builder(setName);
    }

    /** Collects what a backup needs. Not safe for several threads at once. */
    public static final class Builder extends VirtualDeviceJob.Builder<Builder> {

        private Builder(String setName) {
            super(setName);
        }

        @Override
        Builder self() {
            return this;
        }

        @Override
        public Builder device(Path file) {
            return device(JobDevice.toFile(file));
        }

        /**
         * Makes the job.
         *
         * @return the job, not running yet
         * @throws IllegalArgumentException if there is no device, more than 64, or no statement
         */
        public BackupJob build() {
            return new BackupJob(plan(true));
        }
    }
}
