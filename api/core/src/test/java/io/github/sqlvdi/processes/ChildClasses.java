package io.github.sqlvdi.processes;

import io.github.sqlvdi.testing.QuickJvm;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The class path of the JVMs that integration tests start by the dozen, with an archive of loaded classes (AppCDS): such a
 * JVM then needs half the processor time. An archive takes classes of jars only, so the folder of the test classes is packed
 * first. Jar and archive are made once for all JVMs that run tests, in {@code target/children}. The unit tests, which run
 * before the artifacts are packed and start few JVMs, have no archive.
 */
public final class ChildClasses {
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", ""), "target", "children").toAbsolutePath();
    private static final long PATIENCE_MINUTES = 10;
    private static final ChildClasses CURRENT = create();

    private final String classPath;
    private final List<String> options;

    private ChildClasses(String classPath, List<String> options) {
        this.classPath = classPath;
        this.options = options;
    }

    /** {@return the class path: tests, api and bindings} */
    public static String path() {
        return CURRENT.classPath;
    }

    /** {@return the options of the JVM that name the archive; none where there is no archive} */
    public static List<String> options() {
        return CURRENT.options;
    }

    private static ChildClasses create() {
        String plain = Worker.classPath();
        String[] parts = plain.split(File.pathSeparator);
        for (int i = 1; i < parts.length; i++) {
            if (!Files.isRegularFile(Path.of(parts[i]))) {
                return new ChildClasses(plain, List.of());
            }
        }
        try {
            Files.createDirectories(FOLDER);
            try (FileChannel channel = FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
                assert lock.isValid();
                return make(Path.of(parts[0]), List.of(parts).subList(1, parts.length));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while the archive of classes was made", e);
        }
    }

    private static ChildClasses make(Path tests, List<String> jars) throws IOException, InterruptedException {
        String version = version(tests, jars);
        Path jar = FOLDER.resolve("tests-" + version + ".jar");
        Path archive = FOLDER.resolve("classes-" + version + ".jsa");
        List<String> all = new ArrayList<>(List.of(jar.toString()));
        all.addAll(jars);
        String classPath = String.join(File.pathSeparator, all);
        if (!Files.exists(jar)) {
            removeOthers();
            Path made = FOLDER.resolve("tests.tmp"); // not a temporary file: children of other users read it too
            pack(tests, made);
            Files.move(made, jar, StandardCopyOption.ATOMIC_MOVE);
            train(classPath, archive);
        }
        // A JVM that cannot write or read archives runs without one, and says nothing about it.
        return new ChildClasses(classPath, Files.exists(archive)
                ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
                : List.of());
    }

    /** {@return a text that changes with each class file, with the JVM, and with the places of the jars} */
    private static String version(Path tests, List<String> jars) throws IOException {
        List<String> facts = new ArrayList<>(List.of(Runtime.version().toString(), QuickJvm.java()));
        for (String jar : jars) {
            facts.add(jar + " " + Files.size(Path.of(jar)) + " " + Files.getLastModifiedTime(Path.of(jar)));
        }
        for (Path file : files(tests)) {
            facts.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
        }
        return Integer.toHexString(facts.hashCode());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Removes what earlier builds made; Windows keeps what a process still uses. */
    private static void removeOthers() throws IOException {
        for (Path file : files(FOLDER)) {
            try {
                if (!file.endsWith("lock")) {
                    Files.deleteIfExists(file);
                }
            } catch (AccessDeniedException e) {
                System.out.println("An earlier archive of classes is still used: " + e.getMessage());
            }
        }
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream packed = new JarOutputStream(out)) {
            packed.setLevel(0);
            for (Path file : files(folder)) {
                String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                packed.putNextEntry(new ZipEntry(name));
                Files.copy(file, packed);
                packed.closeEntry();
            }
        }
    }

    /** Runs a process that opens and ends a set, and writes the archive when it ends. */
    private static void train(String classPath, Path archive) throws IOException, InterruptedException {
        Path made = FOLDER.resolve("classes.tmp");
        Path log = FOLDER.resolve("classes.log");
        List<String> command = QuickJvm.command();
        command.addAll(List.of("-XX:ArchiveClassesAtExit=" + made, "--enable-native-access=ALL-UNNAMED", "-cp",
                classPath, WorkerMain.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write("warm training\n".getBytes(StandardCharsets.UTF_8));
        }
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("the JVM that writes the archive of classes did not end; it said "
                    + Files.readString(log));
        }
        if (process.exitValue() == 0 && Files.exists(made)) {
            Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
        } else {
            System.out.println("The JVMs of the tests start without an archive of classes: " + Files.readString(log));
        }
    }
}
