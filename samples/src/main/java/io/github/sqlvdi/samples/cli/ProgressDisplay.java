package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.stream.JobProgress;
import java.util.function.Consumer;

/** Shows the progress of a job. Used by one thread. */
@FunctionalInterface
interface ProgressDisplay extends Consumer<JobProgress>, AutoCloseable {

    @Override
    default void close() {
    }
}
