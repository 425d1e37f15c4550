package io.github.sqlvdi.samples;

import io.github.sqlvdi.testing.QuickJvm;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** The one-file programs as processes of their own, from the jar that users have. */
final class SampleProcess {

    private SampleProcess() {
    }

    /** Starts one; its errors come on its output. */
    static Process start(Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.addAll(QuickJvm.command());
        command.addAll(SampleJar.archive());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(option -> option.startsWith("-XX:"))
                .forEach(command::add);
        command.addAll(List.of("-cp", SampleJar.PATH.toAbsolutePath().toString(),
                "--enable-native-access=ALL-UNNAMED", program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
