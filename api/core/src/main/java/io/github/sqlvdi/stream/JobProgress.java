package io.github.sqlvdi.stream;

import java.time.Duration;
import java.util.List;

/**
 * How far a job is.
 *
 * @param elapsed the time since the job began
 * @param deviceBytes the bytes moved so far, one number for each device in the order of the devices
 */
public record JobProgress(Duration elapsed, List<Long> deviceBytes) {

    /** Keeps a copy of the numbers. */
    public JobProgress {
        deviceBytes = List.copyOf(deviceBytes);
    }

    /**
     * The bytes of all devices.
     *
     * @return the sum
     */
    public long bytes() {
        return deviceBytes.stream().mapToLong(Long::longValue).sum();
    }
}
