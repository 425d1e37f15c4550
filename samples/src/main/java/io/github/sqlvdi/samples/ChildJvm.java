package io.github.sqlvdi.samples;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Starts child JVMs with the Java, the classes and the properties of this JVM. A child that calls
 * {@link #endWithParent()} ends with this JVM.
 */
public final class ChildJvm {

    private static final String PARENT = "io.github.sqlvdi.samples.parent";

    private ChildJvm() {
    }

    /**
     * Describes a child JVM that inherits the standard streams of this one.
     *
     * @param main the class with the main method
     * @param arguments its arguments
     * @return the builder of the process, not started yet
     */
    public static ProcessBuilder of(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-D") || option.startsWith("-X")).forEach(command::add);
        command.add("-XX:+UseSerialGC"); // several JVMs share the processors
        command.add("-D" + PARENT + "=" + ProcessHandle.current().pid());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO();
    }

    /**
     * Ends this JVM when the JVM that started it ends, even if that one was killed. Without this the child would run
     * on. Does nothing in a JVM that is not a child.
     */
    public static void endWithParent() {
        Long pid = Long.getLong(PARENT);
        if (pid != null) {
            ProcessHandle.of(pid).map(ProcessHandle::onExit).orElseGet(() -> CompletableFuture.completedFuture(null))
                    .thenRun(() -> System.exit(1));
        }
    }

    /**
     * Starts a child JVM.
     *
     * @param main the class with the main method
     * @param arguments its arguments
     * @return its process
     * @throws IOException if it could not be started
     */
    public static Process start(Class<?> main, String... arguments) throws IOException {
        return of(main, arguments).start();
    }
}
