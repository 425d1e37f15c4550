package io.github.sqlvdi.stream;

import java.time.Duration;
import java.util.List;

/** How far a job is. */
public final class JobProgress {

    private final Duration elapsed;
    private final List<Long> deviceBytes;

    private final Duration waitedForServer;
    private final Duration waitedForTarget;

    JobProgress(Duration elapsed, List<Long> deviceBytes, Duration waitedForServer, Duration waitedForTarget) {
        this.elapsed = elapsed;
        this.deviceBytes = List.copyOf(deviceBytes);
        this.waitedForServer = waitedForServer;
        this.waitedForTarget = waitedForTarget;
    }

    /**
     * Makes the progress that a test gives to a listener.
     *
     * @param elapsed the time since the job began
     * @param deviceBytes the bytes moved so far, one number for each device in the order of the devices
     * @return the progress
     */
    public static JobProgress of(Duration elapsed, List<Long> deviceBytes) {
        return new JobProgress(elapsed, deviceBytes, Duration.ZERO, Duration.ZERO);
    }

    /** {@return the time since the job began} */
    public Duration elapsed() {
        return elapsed;
    }

    /** {@return the bytes moved so far, one number for each device in the order of the devices} */
    public List<Long> deviceBytes() {
        return deviceBytes;
    }

    /** {@return the bytes of all devices} */
    public long bytes() {
        return deviceBytes.stream().mapToLong(Long::longValue).sum();
    }

    /** {@return how long the devices have waited for commands of the server, over all devices} */
    public Duration waitedForServer() {
        return waitedForServer;
    }

    /** {@return how long the devices have worked on commands, mostly waiting for files and channels, over all devices} */
    public Duration waitedForTarget() {
        return waitedForTarget;
    }
}
