package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.stream.JobProgress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress as a bar on standard error: bytes, time, time left and rate. */
final class ProgressBarDisplay implements ProgressDisplay {

    private static final int REDRAW_MILLIS = 200;

    private final ProgressBar bar;

    ProgressBarDisplay(String title, long total, int columns) {
        bar = new ProgressBarBuilder().setTaskName(title).setInitialMax(total).setUnit(" MiB", 1 << 20)
                .setUpdateIntervalMillis(REDRAW_MILLIS).setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, columns - 1)).build();
    }

    @Override
    public void accept(JobProgress progress) {
        bar.setExtraMessage(ByteSize.rate(progress.bytes(), progress.elapsed())
                + ByteSize.stored(progress.bytes(), progress.storedBytes()));
        bar.stepTo(progress.bytes());
    }

    @Override
    public void close() {
        bar.close();
    }
}
