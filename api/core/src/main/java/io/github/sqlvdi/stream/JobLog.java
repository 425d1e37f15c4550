package io.github.sqlvdi.stream;

import java.util.Locale;

/**
 * Reports the begin and the end of a job to operators: in lines of the logger {@code io.github.sqlvdi.stream}, and as
 * an event of the flight recorder.
 */
final class JobLog {

    private static final System.Logger LOG = System.getLogger("io.github.sqlvdi.stream");

    private final JobPlan plan;
    private final JobEvent event = new JobEvent();

    private JobLog(JobPlan plan) {
        this.plan = plan;
    }

    static JobLog begin(JobPlan plan) {
        JobLog log = new JobLog(plan);
        log.event.begin();
        LOG.log(System.Logger.Level.INFO, () -> String.format(Locale.ROOT, "%s %s begins, devices: %s",
                plan.backup() ? "backup" : "restore", plan.setName(), String.join(", ", plan.deviceNames())));
        return log;
    }

    void end(JobResult result, JobProgress progress) {
        event.end();
        if (event.shouldCommit()) {
            event.set = plan.setName();
            event.backup = plan.backup();
            event.devices = plan.devices().size();
            event.bytes = result.bytes();
            event.good = result.good();
            event.waitedForServer = progress.waitedForServer().toNanos();
            event.waitedForTarget = progress.waitedForTarget().toNanos();
            event.commit();
        }
        double seconds = Math.max(result.elapsed().toNanos(), 1) / 1e9;
        LOG.log(result.good() ? System.Logger.Level.INFO : System.Logger.Level.WARNING, () -> String.format(Locale.ROOT,
                "%s %s is %s: %,d bytes over %d devices in %.3f s, %.1f MB/s", plan.backup() ? "backup" : "restore",
                plan.setName(), result.good() ? "good" : "not good (" + String.join("; ", result.failures()) + ")",
                result.bytes(), plan.devices().size(), seconds, result.bytes() / seconds / 1e6));
        result.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, "{0}: {1}", plan.setName(), warning));
    }
}
