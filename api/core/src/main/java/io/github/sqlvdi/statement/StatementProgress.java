package io.github.sqlvdi.statement;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How far the server is with a statement, in its own words.
 *
 * @param percent 0 to 100
 * @param estimatedEnd when the server expects the end, by the clock of this computer; empty when it has no estimate
 */
public record StatementProgress(double percent, Optional<Instant> estimatedEnd) {

    private static final double ALL = 100;

    /** Checks the range. */
    public StatementProgress {
        if (!(percent >= 0 && percent <= ALL)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "percent is %s: expected 0 to 100", percent));
        }
    }
}
