package io.github.sqlvdi.benchmarks.jobs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Processes that do next to nothing, from their start to their end: the command line {@code sqlvdi explain}, with and
 * without an archive of its classes (CDS), a JVM alone, and the programs that a script would use in its place.
 */
final class ColdStart {

    private static final long LIMIT_SECONDS = 60;
    private static final String CODE = "VD_E_ABORT";
    private static final double NANOS_A_SECOND = 1e9;

    private final Map<String, List<String>> programs = new LinkedHashMap<>();
    private final Path log;

    /**
     * Prepares the programs.
     *
     * @param jar of the command line
     * @param folder for the archive, empty
     */
    ColdStart(Path jar, Path folder) throws IOException, InterruptedException {
        log = folder.resolve("log.txt");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path archive = folder.resolve("sqlvdi.jsa");
        Path empty = Files.createFile(folder.resolve("empty"));
        List<String> explain = List.of("-jar", jar.toString(), "explain", CODE);
        run(command(List.of(java, "-XX:ArchiveClassesAtExit=" + archive), explain));
        if (!Files.exists(archive)) {
            throw new IOException("the JVM wrote no archive of the classes: " + Files.readString(log));
        }
        programs.put("sqlvdi explain", command(List.of(java), explain));
        programs.put("sqlvdi explain, CDS archive",
                command(List.of(java, "-XX:SharedArchiveFile=" + archive), explain));
        // As the launcher of the command line starts it.
        programs.put("sqlvdi explain, CDS archive, C1 alone",
                command(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:SharedArchiveFile=" + archive), explain));
        programs.put("java -version", List.of(java, "-version"));
        programs.put("cat of an empty file", List.of("cat", empty.toString()));
        programs.put("zstd --version", List.of("zstd", "--version"));
        programs.values().removeIf(command -> !isThere(command.getFirst()));
    }

    private static List<String> command(List<String> first, List<String> then) {
        List<String> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }

    private static boolean isThere(String program) {
        if (Path.of(program).isAbsolute()) {
            return true;
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return List.of(path.split(File.pathSeparator)).stream().filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** {@return the names of the programs that this machine has} */
    List<String> names() {
        return List.copyOf(programs.keySet());
    }

    /** {@return the seconds from start to end} */
    double seconds(String name) throws IOException, InterruptedException {
        return run(programs.get(name));
    }

    private double run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        long begin = System.nanoTime();
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(
                        String.format(Locale.ROOT, "%s did not end within %d s", command, LIMIT_SECONDS));
            }
            double seconds = (System.nanoTime() - begin) / NANOS_A_SECOND;
            if (process.exitValue() != 0) {
                throw new IOException(String.format(Locale.ROOT, "%s ended with %d: %s", command, process.exitValue(),
                        Files.readString(log)));
            }
            return seconds;
        } finally {
            process.destroyForcibly();
        }
    }
}
