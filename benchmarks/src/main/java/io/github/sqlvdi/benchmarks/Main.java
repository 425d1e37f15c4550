package io.github.sqlvdi.benchmarks;

import java.io.IOException;

/** The command line of {@code benchmarks.jar}: sub-commands of its own, and JMH's command line for everything else. */
public final class Main {

    private Main() {
    }

    /**
     * Runs what the first word names.
     *
     * @param arguments a sub-command with its options, or JMH's options
     * @throws IOException if JMH cannot write its result
     */
    public static void main(String[] arguments) throws IOException {
        org.openjdk.jmh.Main.main(arguments);
    }
}
