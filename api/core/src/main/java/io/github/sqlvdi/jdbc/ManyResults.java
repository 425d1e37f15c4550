package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.stream.JobResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results of {@link ManyBackups}: one for each database, and one in all. Immutable. */
public final class ManyResults {

    private final Map<String, JobResult> results;
    private final Map<String, Throwable> failures;
    private final List<String> skipped;

    ManyResults(Map<String, JobResult> results, Map<String, Throwable> failures, List<String> skipped) {
        this.results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
        this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
        this.skipped = List.copyOf(skipped);
    }

    /** {@return the result of each backup that was begun, by its database, in the order in which they were given} */
    public Map<String, JobResult> results() {
        return results;
    }

    /** {@return why a backup could not be begun, by its database, for example a name that the template cannot have} */
    public Map<String, Throwable> failures() {
        return failures;
    }

    /** {@return the databases whose backups were not begun after a failure or an interrupt} */
    public List<String> skipped() {
        return skipped;
    }

    /** {@return whether every backup was begun and is good} */
    public boolean good() {
        return failures.isEmpty() && skipped.isEmpty() && results.values().stream().allMatch(JobResult::good);
    }

    /** {@return one line for each database whose backup is not good} */
    public List<String> problems() {
        List<String> lines = new ArrayList<>();
        results.forEach((database, result) -> {
            if (!result.good()) {
                lines.add(String.format(Locale.ROOT, "%s: %s", database, String.join("; ", result.failures())));
            }
        });
        failures.forEach((database, failure) -> lines.add(String.format(Locale.ROOT, "%s: %s", database, failure)));
        skipped.forEach(database -> lines.add(database + ": not begun"));
        return lines;
    }

    /** {@return how many are good, and the problems} */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d of %d backups are good; %s",
                results.values().stream().filter(JobResult::good).count(),
                results.size() + failures.size() + skipped.size(), String.join(", ", problems()));
    }
}
