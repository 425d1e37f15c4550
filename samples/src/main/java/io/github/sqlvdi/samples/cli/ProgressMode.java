package io.github.sqlvdi.samples.cli;

import picocli.CommandLine.Model.CommandSpec;

/** How progress is shown. */
enum ProgressMode {
    /** A bar when standard error is a terminal, else lines. */
    AUTO,
    /** A bar on standard error. */
    BAR,
    /** Lines on standard output. */
    PLAIN,
    /** No progress. */
    NONE;

    /**
     * Begins to show the progress of a job.
     *
     * @param title one word, such as {@code Backup}
     * @param total the bytes of the job, or -1 if unknown
     */
    ProgressDisplay begin(CommandSpec spec, String title, long total) {
        return switch (this) {
            case AUTO -> (Terminal.onStandardError() ? BAR : PLAIN).begin(spec, title, total);
            case BAR -> new ProgressBarDisplay(title, total, spec.usageMessage().width());
            case PLAIN -> new ProgressLines(spec.commandLine().getOut(), title, total);
            case NONE -> progress -> {};
        };
    }
}
