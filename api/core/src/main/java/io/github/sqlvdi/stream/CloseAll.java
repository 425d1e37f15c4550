package io.github.sqlvdi.stream;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * Performs a step for each of several things, even if some fail. Then throws the first failure with the others as
 * suppressed exceptions.
 */
final class CloseAll {

    private CloseAll() {
    }

    static <T> void of(List<T> things, Function<T, Closeable> step) throws IOException {
        IOException first = null;
        for (T thing : things) {
            try {
                step.apply(thing).close();
            } catch (IOException failure) {
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
