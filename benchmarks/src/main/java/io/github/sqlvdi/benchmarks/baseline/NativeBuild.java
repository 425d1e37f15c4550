package io.github.sqlvdi.benchmarks.baseline;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Compiles the C baselines during the Maven build; run as {@code NativeBuild sources generatedHeaders classes}. Without
 * a C compiler everything else is built, and the benchmarks that need C report that. If the compiler fails, the build
 * fails.
 */
final class NativeBuild {

    /** The programs, each of one source of the same name. */
    private static final List<String> PROGRAMS = List.of("ring");

    private static final String LIBRARY_SOURCE = "baselines.c";

    private final Path compiler;
    private final Path sources;
    private final Path headers;

    private NativeBuild(Path compiler, Path sources, Path headers) {
        this.compiler = compiler;
        this.sources = sources;
        this.headers = headers;
    }

    static void main(String[] arguments) throws IOException, InterruptedException {
        Path target = Path.of(arguments[2]).resolve(NativeFiles.FOLDER);
        Optional<Path> compiler = compiler();
        Path jni = Path.of(System.getProperty("java.home"), "include");
        if (compiler.isEmpty() || !Files.isDirectory(jni)) {
            System.out.println("No C compiler (variable CC, cc, gcc or clang) or no include folder in the JDK:"
                    + " the C and JNI baselines are left out");
            return;
        }
        Files.createDirectories(target);
        NativeBuild build = new NativeBuild(compiler.get(), Path.of(arguments[0]), Path.of(arguments[1]));
        build.compile(LIBRARY_SOURCE, target.resolve(NativeFiles.LIBRARY), build.libraryOptions(jni));
        for (String program : PROGRAMS) {
            build.compile(program + ".c", target.resolve(program), List.of("-pthread"));
        }
    }

    private List<String> libraryOptions(Path jni) throws IOException {
        List<String> options = new ArrayList<>(List.of("-shared", "-fPIC", "-fvisibility=hidden"));
        try (Stream<Path> folders = Files.walk(jni)) { // jni_md.h lies in a folder named after the system
            folders.filter(Files::isDirectory).forEach(folder -> options.addAll(List.of("-I", folder.toString())));
        }
        return options;
    }

    private void compile(String source, Path output, List<String> options) throws IOException, InterruptedException {
        Path header = sources.resolve("../../../../bindings/src/main/c").normalize();
        List<String> command = new ArrayList<>(List.of(compiler.toString(), "-std=gnu11", "-O2", "-Wall", "-Wextra",
                "-Werror", "-I", headers.toString(), "-I", header.toString()));
        command.addAll(options);
        command.addAll(List.of(sources.resolve(source).toString(), "-o", output.toString()));
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(compiler + " did not end within five minutes");
        }
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
        }
    }

    private static Optional<Path> compiler() {
        String named = System.getenv().getOrDefault("CC", "");
        List<String> names = named.isBlank() ? List.of("cc", "gcc", "clang") : List.of(named);
        if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
            names = names.stream().map(name -> name + ".exe").toList();
        }
        List<String> folders = List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
        return names.stream().flatMap(name -> folders.stream().map(folder -> Path.of(folder).resolve(name)))
                .filter(Files::isExecutable).findFirst();
    }
}
