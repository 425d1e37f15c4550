package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.mtf.StreamReport;
import io.github.sqlvdi.statement.Verdict;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a job writes and reads: the storage of its devices and their manifests, from the preparation to the end. */
final class JobTargets {

    private interface Step {
        void run() throws Exception;
    }

    private final JobPlan plan;
    private final List<Throwable> problems;
    private final ManifestWriter manifests;

    /**
     * Makes the targets of a job.
     *
     * @param plan the job
     * @param problems takes the failures of the end
     */
    JobTargets(JobPlan plan, List<Throwable> problems) {
        this.plan = plan;
        this.problems = problems;
        this.manifests = new ManifestWriter(plan.devices().size());
    }

    /** Prepares all devices. Returns in words what a restore cannot check. */
    List<String> prepare() throws IOException, JobException {
        Map<Object, Integer> identities = new HashMap<>();
        for (int device = 0; device < plan.devices().size(); device++) {
            JobDevice prepared = plan.devices().get(device);
            prepared.prepare();
            requireOwnStorage(identities, prepared, device);
            if (plan.backup() && plan.manifest()) {
                manifests.add(device, prepared);
            }
        }
        return plan.backup() || !plan.manifest() ? List.of()
                : new RestoreCheck(plan.devices(), plan.checkContent()).run();
    }

    private void requireOwnStorage(Map<Object, Integer> identities, JobDevice prepared, int device)
            throws JobException {
        Optional<Object> identity = prepared.identity();
        Integer other = identity.isPresent() ? identities.putIfAbsent(identity.get(), device) : null;
        if (other != null) {
            throw new JobException(String.format(Locale.ROOT,
                    "Devices %s and %s have the same file or channel: give each device one of its own",
                    plan.deviceNames().get(other), plan.deviceNames().get(device)));
        }
    }

    /** Keeps or undoes all targets and manifests. A failure of one device does not stop the others. */
    boolean finish(boolean succeeded, Optional<VdiConfig> agreed, Optional<Verdict> verdict,
            List<Optional<StreamReport>> streams) {
        boolean kept = !succeeded || attempt(manifests::removeOld);
        for (JobDevice device : plan.devices()) {
            kept &= attempt(() -> device.finish(succeeded));
        }
        if (succeeded && kept) {
            kept = attempt(() -> manifests.keep(agreed, verdict, streams));
        }
        return attempt(manifests::undo) && kept;
    }

    /** Leaves complete targets where they are, because the outcome of the statement is unknown. Returns false. */
    boolean leave() {
        for (JobDevice device : plan.devices()) {
            attempt(() -> device.leave().ifPresent(place -> problems.add(new JobException(String.format(Locale.ROOT,
                    "The complete content of a device is in %s: keep it until the outcome of the statement is known",
                    place)))));
        }
        attempt(manifests::undo);
        return false;
    }

    private boolean attempt(Step step) {
        try {
            step.run();
            return true;
        } catch (Throwable failure) {
            problems.add(failure);
            return false;
        }
    }
}
