package io.github.sqlvdi.internal.memory;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes what a method has opened when the method fails, in a try-with-resources:
 *
 * <pre>
 *   try (Undo undo = new Undo()) {
 *       A a = openA();
 *       undo.add(a::close);
 *       B b = openB(a);
 *       undo.add(b::close);
 *       C c = new C(a, b);
 *       undo.keep();
 *       return c;
 *   }
 * </pre>
 *
 * What a close throws is suppressed by the exception that made the method fail.
 */
public final class Undo implements AutoCloseable {

    /** Gives something back. */
    public interface Step {
        /**
         * Gives it back.
         *
         * @throws IOException if that fails
         */
        void run() throws IOException;
    }

    private final Deque<Step> steps = new ArrayDeque<>();

    /** Begins with nothing to close. */
    public Undo() {
    }

    /**
     * Notes a step to be done if the method fails, before the steps noted earlier.
     *
     * @param step gives something back
     */
    public void add(Step step) {
        steps.push(step);
    }

    /** The method has succeeded: nothing is closed. */
    public void keep() {
        steps.clear();
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (IOException e) {
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
