package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.statement.StatementProgress;
import io.github.sqlvdi.stream.JobProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Progress as lines for a file or pipe: one for each quarter of the work, and at least one in ten seconds. */
final class ProgressLines implements ProgressDisplay {

    private static final int PARTS = 4;
    private static final double ALL = 100;
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private final PrintWriter out;
    private final String title;
    private final long total;
    private long lastPart;
    private Duration lastTime = Duration.ZERO;

    ProgressLines(PrintWriter out, String title, long total) {
        this.out = out;
        this.title = title;
        this.total = total;
    }

    @Override
    public void accept(JobProgress progress) {
        double percent = progress.statement().map(StatementProgress::percent).orElse(0.0);
        long part = total > 0 ? progress.bytes() / Math.max(total / PARTS, 1) : (long) (percent * PARTS / ALL);
        boolean due = progress.elapsed().minus(lastTime).compareTo(LONGEST_SILENCE) >= 0;
        if ((part > lastPart && (total > 0 ? progress.bytes() < total : percent < ALL)) || due) {
            lastPart = part;
            lastTime = progress.elapsed();
            out.println(line(progress));
            out.flush();
        }
    }

    private String line(JobProgress progress) {
        long bytes = progress.bytes();
        String done = String.format(Locale.ROOT, "%-8s %s", title, ByteSize.words(bytes));
        String rate = ByteSize.rate(bytes, progress.elapsed()) + ByteSize.stored(bytes, progress.storedBytes());
        if (total <= 0 || bytes == 0) {
            return done + progress.statement().map(ProgressLines::server).orElse("") + ", " + rate;
        }
        double secondsLeft = progress.elapsed().toMillis() / 1000.0 * Math.max(total - bytes, 0) / bytes;
        return String.format(Locale.ROOT, "%s of %s (%d %%), %s, %.0f s left", done, ByteSize.words(total),
                Math.min(bytes * 100 / total, 100), rate, Math.ceil(secondsLeft));
    }

    private static String server(StatementProgress progress) {
        String left = progress.estimatedEnd().map(end -> String.format(Locale.ROOT, ", %d s left",
                Math.max(Duration.between(Instant.now(), end).toSeconds(), 0))).orElse("");
        return String.format(Locale.ROOT, " (%.0f %%%s)", progress.percent(), left);
    }
}
