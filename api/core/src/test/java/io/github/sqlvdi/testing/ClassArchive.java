package io.github.sqlvdi.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * An archive of the classes that a program in a jar has loaded at its end (class data sharing). A JVM that a test starts from
 * the jar maps it and does not parse these classes again: a third less CPU time. It lies beside the jar, and is made by
 * the first test that needs it. Without an archive the tests are as good, and slower.
 */
public final class ClassArchive {

    private static final Map<Path, List<String>> MADE = new ConcurrentHashMap<>();

    private ClassArchive() {
    }

    /**
     * Returns the options for a JVM of {@link QuickJvm} whose class path is the jar, and nothing before it.
     *
     * @param jar the program
     * @param arguments a run of it that loads the classes
     * @return the options, none on a system where archives were not tried
     */
    public static List<String> options(Path jar, String... arguments) {
        if (System.getProperty("os.name").startsWith("Windows")) {
            return List.of();
        }
        return MADE.computeIfAbsent(jar.toAbsolutePath().normalize(), place -> {
            try {
                return make(place, List.of(arguments));
            } catch (IOException failure) {
                return without(place, failure.toString());
            }
        });
    }

    private static List<String> make(Path jar, List<String> arguments) throws IOException {
        String name = jar.getFileName() + "-" + Integer.toHexString(QuickJvm.command().hashCode());
        Path archive = jar.resolveSibling(name + ".jsa");
        // of two JVMs with tests one makes the archive; the other waits for it
        try (FileChannel lock = FileChannel.open(jar.resolveSibling(name + ".lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            lock.lock();
            if (!Files.exists(archive)
                    || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0) {
                Path made = jar.resolveSibling(name + ".new");
                List<String> command = QuickJvm.command();
                command.addAll(List.of("-XX:ArchiveClassesAtExit=" + made, "-jar", jar.toString()));
                command.addAll(arguments);
                Path log = jar.resolveSibling(name + ".log");
                if (!runs(command, log) || !Files.exists(made)) {
                    return without(jar, "see " + log);
                }
                Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        // a jar that was built again meanwhile is used without the archive, and without a word on standard output
        return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off");
    }

    private static boolean runs(List<String> command, Path log) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            return process.waitFor(Patience.SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException request) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> without(Path jar, String reason) {
        System.out.println("There is no archive of the classes of " + jar + ", so JVMs start slower: " + reason);
        return List.of();
    }
}
