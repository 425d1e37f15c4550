package io.github.sqlvdi.benchmarks.backup;

import java.io.IOException;
import java.nio.file.Path;

/** A way to copy a file, or to read it into a device. */
interface Copy {

    /** {@return its name in tables} */
    String label();

    /** Copies the source into the target, which does not exist. */
    void run(Path source, Path target) throws IOException, InterruptedException;

    /** {@return whether the target has the bytes of the source afterwards} */
    default boolean writesTarget() {
        return true;
    }
}
