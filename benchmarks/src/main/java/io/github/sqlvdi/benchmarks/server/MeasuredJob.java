package io.github.sqlvdi.benchmarks.server;

import com.sun.management.OperatingSystemMXBean;
import io.github.sqlvdi.jdbc.ServerJob;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobException;
import io.github.sqlvdi.stream.JobResult;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;

/**
 * One backup or restore that was good.
 *
 * @param bytes that all devices exchanged with the server
 * @param seconds from the call of run() to its return, the making of durable files included
 * @param cpuSeconds of this process, with the emulated server if it runs in it; a real server's CPU time is not in it
 */
public record MeasuredJob(long bytes, double seconds, double cpuSeconds) {

    private static final double NANOS = 1e9;
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** {@return the rate in GB/s} */
    public double rate() {
        return bytes / seconds / NANOS;
    }

    /** {@return how many CPUs worked on average} */
    public double cpus() {
        return cpuSeconds / seconds;
    }

    /**
     * Runs a job.
     *
     * @param what the job in words, for the error
     * @param job the job
     * @param good receives the result of a good job
     * @return its figures
     * @throws IOException if it is not good
     */
    public static MeasuredJob run(String what, ServerJob job, Consumer<JobResult> good) throws IOException {
        DeviceJob built = job.build();
        long cpu = SYSTEM.getProcessCpuTime();
        long begin = System.nanoTime();
        JobResult result = built.run();
        double seconds = (System.nanoTime() - begin) / NANOS;
        double cpuSeconds = (SYSTEM.getProcessCpuTime() - cpu) / NANOS;
        try {
            result.orThrow();
        } catch (JobException failure) {
            throw new IOException(what + " failed: " + failure.getMessage(), failure);
        }
        if (result.bytes() == 0) {
            throw new IOException(what + " has no rate, because its devices counted no bytes: implement "
                    + "CommandHandler.bytesTransferred()");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException(what + " was interrupted");
        }
        good.accept(result);
        return new MeasuredJob(result.bytes(), seconds, cpuSeconds);
    }
}
