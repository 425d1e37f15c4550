package io.github.sqlvdi.benchmarks.pipeline;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pair of keys for age that lives as long as the measurement.
 *
 * @param file the private key
 * @param recipient the public key
 */
record Keys(Path file, String recipient) {

    private static final String PUBLIC = "# public key: ";

    /** Makes keys with age-keygen; empty without that program. */
    static Optional<Keys> make(Path folder) throws IOException, InterruptedException {
        if (!isProgram("age-keygen")) {
            return Optional.empty();
        }
        Path file = folder.resolve("key.txt");
        Process process = new ProcessBuilder("age-keygen", "-o", file.toString())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (process.waitFor() != 0) {
            throw new IOException("age-keygen ended with " + process.exitValue());
        }
        return Files.readAllLines(file).stream().filter(line -> line.startsWith(PUBLIC)).findFirst()
                .map(line -> new Keys(file, line.substring(PUBLIC.length())));
    }

    /** {@return whether the PATH has a program of that name} */
    static boolean isProgram(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }
}
