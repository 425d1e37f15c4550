package io.github.sqlvdi.stream;

import java.nio.file.Path;

/**
 * A whole restore: each device gives the bytes of a file or channel. Also for {@code RESTORE HEADERONLY},
 * {@code FILELISTONLY}, {@code LABELONLY} and {@code VERIFYONLY}, which may close a device before its end was read (VDI
 * reference 2.2).
 */
public final class RestoreJob extends VirtualDeviceJob {

    private RestoreJob(JobPlan plan) {
        super(plan);
    }

    /**
     * Begins the description of a restore.
     *
     * @param setName the name of the device set, unique on this computer; also the name of the first device
     * @return a builder
     */
    public static Builder builder(String setName) {
        return new Builder(setName);
    }

    /** Collects what a restore needs. Not safe for several threads at once. */
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
            return device(JobDevice.fromFile(file));
        }

        /**
         * Makes the job.
         *
         * @return the job, not running yet
         * @throws IllegalArgumentException if there is no device, more than 64, or no statement
         */
        public RestoreJob build() {
            return new RestoreJob(plan(false));
        }
    }
}
