package io.github.sqlvdi.stream;

import io.github.sqlvdi.mtf.StreamReport;
import io.github.sqlvdi.statement.StatementProgress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The progress of a job. */
public final class JobProgress {

    private final Duration elapsed;
    private final List<Long> deviceBytes;
    private final long storedBytes;
    private final Duration waitedForServer;
    private final Duration waitedForTarget;
    private final List<Optional<StreamReport>> streams;
    private final Optional<StatementProgress> statement;

    JobProgress(Duration elapsed, List<Long> deviceBytes, long storedBytes, Duration waitedForServer,
            Duration waitedForTarget,
            List<Optional<StreamReport>> streams, Optional<StatementProgress> statement) {
        this.elapsed = elapsed;
        this.deviceBytes = List.copyOf(deviceBytes);
        this.storedBytes = storedBytes;
        this.waitedForServer = waitedForServer;
        this.waitedForTarget = waitedForTarget;
        this.streams = List.copyOf(streams);
        this.statement = statement;
    }

    /**
     * Makes a progress for tests of a listener.
     *
     * @param elapsed the time since the job began
     * @param deviceBytes the bytes moved so far, one number for each device in the order of the devices
     * @return the progress
     */
    public static JobProgress of(Duration elapsed, List<Long> deviceBytes) {
        return new JobProgress(elapsed, deviceBytes, deviceBytes.stream().mapToLong(Long::longValue).sum(),
                Duration.ZERO, Duration.ZERO,
                Collections.nCopies(deviceBytes.size(), Optional.<StreamReport>empty()), Optional.empty());
    }

    /** {@return the time since the job began} */
    public Duration elapsed() {
        return elapsed;
    }

    /** {@return the bytes moved so far, one number for each device in the order of the devices} */
    public List<Long> deviceBytes() {
        return deviceBytes;
    }

    /**
     * Returns the description of each device's stream, in the order of the devices. It is empty until the label of the
     * stream has passed. Then it has the label, later also the header with preliminary values, and after the data the
     * final values.
     *
     * @return one description for each device
     */
    public List<Optional<StreamReport>> streams() {
        return streams;
    }

    /** {@return how far the server says it is with the statement; empty when the statement does not know it} */
    public Optional<StatementProgress> statement() {
        return statement;
    }

    /** {@return the bytes of all devices} */
    public long bytes() {
        return deviceBytes.stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Returns how many bytes were written to the targets or read from the sources: fewer than {@link #bytes()} if a
     * {@link Pipeline} compresses, and less than what is still in its memory.
     *
     * @return the bytes of all devices
     */
    public long storedBytes() {
        return storedBytes;
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
