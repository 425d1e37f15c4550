package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.stream.JobResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The results of a {@link SnapshotBackup}: one for each database, and one in all. Immutable. */
public final class SnapshotResults {

    private final Map<String, JobResult> results;
    private final Map<String, Throwable> failures;
    private final Optional<String> failure;
    private final Duration frozen;

    SnapshotResults(Map<String, JobResult> results, Map<String, Throwable> failures, Optional<String> failure,
            Duration frozen) {
        this.results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
        this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
        this.failure = failure;
        this.frozen = frozen;
    }

    /** {@return the result of each backup, by its database, in the order in which they were given} */
    public Map<String, JobResult> results() {
        return results;
    }

    /**
     * Returns what has ended the snapshot before the thaw: the first failure, with its database, or that of the action. All
     * other backups then failed because of it.
     *
     * @return one line; empty if the action was executed while all databases were frozen
     */
    public Optional<String> failure() {
        return failure;
    }

    /**
     * {@return how long databases were frozen: from the release of the first to the release of all. Servers take some time
     * more to freeze and to thaw. Zero if none was frozen}
     */
    public Duration frozen() {
        return frozen;
    }

    /** {@return whether the action was executed while all databases were frozen, and all backups are good} */
    public boolean good() {
        return failure.isEmpty() && failures.isEmpty() && results.values().stream().allMatch(JobResult::good);
    }

    /**
     * Returns good results, and throws an exception for any other.
     *
     * @return this
     * @throws SnapshotFailedException if the snapshot is not good; its message has all {@link #problems()}
     */
    public SnapshotResults orThrow() throws SnapshotFailedException {
        if (!good()) {
            throw new SnapshotFailedException(String.join("; ", problems()));
        }
        return this;
    }

    /** {@return the failure, and one line for each database whose backup is not good} */
    public List<String> problems() {
        List<String> lines = new ArrayList<>();
        failure.ifPresent(words -> lines.add("The snapshot failed: " + words));
        results.forEach((database, result) -> {
            if (!result.good()) {
                lines.add(String.format(Locale.ROOT, "%s: %s", database, String.join("; ", result.failures())));
            }
        });
        failures.forEach((database, thrown) -> lines.add(String.format(Locale.ROOT, "%s: %s", database, thrown)));
        return lines;
    }

    /** {@return how many are good, how long they were frozen, and the problems} */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d of %d backups are good, frozen for %s%s",
                results.values().stream().filter(JobResult::good).count(), results.size() + failures.size(), frozen,
                problems().isEmpty() ? "" : "; " + String.join("; ", problems()));
    }
}
