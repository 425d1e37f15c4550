package io.github.sqlvdi.samples;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts further JVMs like this one: same Java, same classes, same properties. */
public final class ChildJvm {

    private ChildJvm() {
    }

    /**
     * The command of a further JVM, whose output goes where this one's goes.
     *
     * @param main the class with the main method
     * @param arguments its arguments
     * @return the builder of its process, to be started
     */
    public static ProcessBuilder of(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-D") || option.startsWith("-X")).forEach(command::add);
        command.add("-XX:+UseSerialGC"); // several JVMs share the processors
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO();
    }

    /**
     * Starts a further JVM.
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
