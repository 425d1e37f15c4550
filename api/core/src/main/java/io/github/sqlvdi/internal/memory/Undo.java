package io.github.sqlvdi.internal.memory;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes the resources that a method has opened if the method fails. Use it in a try-with-resources:
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
 * <p>An exception of such a close becomes a suppressed exception of the one that made the method fail.
 */
public final class Undo implements AutoCloseable {

    /** Releases a resource. */
    public interface Step {
        /**
         * Releases it.
         *
         * @throws IOException if that fails
         */
        void run() throws IOException;
    }

    private final Deque<Step> steps = new ArrayDeque<>();

    /** Starts with nothing to close. */
    public Undo() {
    }

    /**
     * Adds a step to run if the method fails. The steps run in reverse order.
     *
     * @param step releases a resource
     */
    public void add(Step step) {
        steps.push(step);
    }

    /** Drops all steps, because the method has succeeded. */
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
