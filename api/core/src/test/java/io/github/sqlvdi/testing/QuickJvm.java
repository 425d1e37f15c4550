package io.github.sqlvdi.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a test starts a JVM that lives for a second or two. Such a JVM spends most of its time on compiling its own code
 * and on starting a collector with several threads. With these options it needs half the processor time. A test whose
 * subject is the set-up of a JVM has its own options.
 */
public final class QuickJvm {

    /** A compiler that is quick itself, a collector without threads of its own, the classes of the JDK from its archive. */
    private static final List<String> OPTIONS =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

    private QuickJvm() {
    }

    /** {@return the launcher of the JVM that runs the test} */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** {@return the options, and those of the property sqlvdi.children.options} */
    public static List<String> options() {
        List<String> options = new ArrayList<>(OPTIONS);
        String others = System.getProperty("sqlvdi.children.options", "");
        options.addAll(others.isBlank() ? List.of() : List.of(others.split(" ")));
        return options;
    }

    /** {@return a command that starts Java with the options; a caller adds to it} */
    public static List<String> command() {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(options());
        return command;
    }
}
