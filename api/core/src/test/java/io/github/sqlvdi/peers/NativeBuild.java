package io.github.sqlvdi.peers;

import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Compiles the native sources of the tests with the compilers of this machine ({@code $CC}, {@code $CXX}, else the usual
 * names) into {@code target/native-peers}, each library once ({@link NativeCache}).
 */
public final class NativeBuild {

    /** Set to {@code true}, it makes a missing compiler a failure; continuous integration does so. */
    public static final String REQUIRED = "SQLVDI_REQUIRE_NATIVE";

    /** Names a folder of libraries built elsewhere, for a Windows without a compiler. */
    private static final String PREBUILT = "sqlvdi.native.peers";

    private static final Path SOURCES = Path.of("src/test/native").toAbsolutePath();
    private static final Path HEADER = Path.of("../../bindings/src/main/c/sqlvdi").toAbsolutePath().normalize();
    /** Of the two classes of SQL Server on Linux. */
    private static final Path CLASSES = Path.of("../../samples/src/main/c").toAbsolutePath().normalize();
    private static final Path OUTPUT = NativeCache.OUTPUT;
    private static final List<String> FOLDERS = List.of("core", "statement", "peers", "ole32", "client");
    private static final List<String> C_OPTIONS = List.of("-std=c11", "-D_POSIX_C_SOURCE=200809L");
    private static final List<String> CXX_OPTIONS = List.of("-std=c++17");
    private static final List<String> OPTIONS = List.of("-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O2",
            "-fvisibility=hidden");
    private static final long PATIENCE_SECONDS = 2 * Patience.SECONDS;
    private static final Map<String, Path> BUILT = new ConcurrentHashMap<>();

    private NativeBuild() {
    }

    /** A library: its file name and the sources it is made of, as folders or files below the sources' folder. */
    private record Recipe(String file, List<String> sources) {
    }

    private static final Map<String, Recipe> RECIPES = Map.of(
            "c", new Recipe("peer-c.so", List.of("core", "statement", "peers/com_client.c", "peers/com_server.c",
                    "peers/com_library.c")),
            "cpp",
            new Recipe("peer-cpp.so", List.of("core", "statement", "peers/com_server.c", "peers/com_classes.cpp")),
            "linux", new Recipe("libsqlvdi.so", List.of("core", "statement", "peers/com_server.c",
                    "peers/linux_classes.cpp")),
            "ole32", new Recipe("ole32.so", List.of("core", "statement", "peers/com_client.c", "peers/com_server.c",
                    "peers/com_library.c", "ole32")),
            "drive", new Recipe("drive.so", List.of("statement", "client")));

    /** The compiled library of that name; aborts the test, or fails it, where it cannot be had. */
    public static Path library(String name) {
        String folder = System.getProperty(PREBUILT);
        return folder != null ? prebuilt(Path.of(folder, "peer-" + name + ".dll"))
                : BUILT.computeIfAbsent(name, any -> link(RECIPES.get(name)));
    }

    private static Path prebuilt(Path library) {
        return Files.exists(library) ? library : Assumptions.abort("no " + library + " was built");
    }

    /** A C or C++ source compiled into a library of its own, for tests of what a library may lack. */
    static Path single(String file, String source) {
        try {
            Files.createDirectories(OUTPUT);
            Path path = Files.writeString(OUTPUT.resolve(file), source);
            return link(new Recipe(file + ".so", List.of(path.toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A C source compiled into a program; aborts the test, or fails it, where no compiler is. */
    public static Path program(Path file, String source) {
        run(List.of(required("C compiler", "gcc", "CC", "gcc", "cc", "clang"), "-std=gnu11", "-Wall", "-Wextra",
                "-Werror", "-O2", SOURCES.resolve(source).toString(), "-o", file.toString()));
        return file;
    }

    /** Compiles every source with these compilers, without linking: whether the text is right for their platform. */
    static int compileAll(String c, String cxx, String subfolder) {
        List<Path> sources = sources(FOLDERS);
        sources.forEach(source -> compile(source, isCxx(source) ? cxx : c, OUTPUT.resolve(subfolder), List.of()));
        return sources.size();
    }

    private static Path link(Recipe recipe) {
        List<Path> sources = sources(recipe.sources());
        String c = required("C compiler", "gcc", "CC", "gcc", "cc", "clang");
        boolean mixed = sources.stream().anyMatch(NativeBuild::isCxx);
        String linker = mixed ? required("C++ compiler", "g++", "CXX", "g++", "c++", "clang++") : c;
        List<Path> decisive = new ArrayList<>(sources);
        decisive.addAll(List.of(HEADER, CLASSES.resolve("sqlvdi.h")));
        FOLDERS.forEach(name -> decisive.add(SOURCES.resolve(name)));
        try {
            return NativeCache.folder(recipe.file(), decisive, List.of(c, linker, OPTIONS.toString()), folder -> {
                List<String> command =
                        new ArrayList<>(List.of(linker, "-shared", "-o", folder.resolve(recipe.file()).toString()));
                for (Path source : sources) {
                    command.add(compile(source, isCxx(source) ? linker : c, folder, List.of("-fPIC")).toString());
                }
                command.add("-lpthread");
                run(command);
            }).resolve(recipe.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sources(List<String> names) {
        List<Path> found = new ArrayList<>();
        for (String name : names) {
            Path path = SOURCES.resolve(name);
            try (Stream<Path> files = Files.walk(path)) {
                files.filter(file -> file.toString().endsWith(".c") || isCxx(file)).sorted().forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    private static boolean isCxx(Path source) {
        return source.toString().endsWith(".cpp");
    }

    private static Path compile(Path source, String compiler, Path folder, List<String> more) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path object = folder.resolve(source.getFileName() + ".o");
        List<String> command = new ArrayList<>(List.of(compiler));
        command.addAll(isCxx(source) ? CXX_OPTIONS : C_OPTIONS);
        command.addAll(OPTIONS);
        command.addAll(more);
        command.addAll(List.of("-I" + HEADER, "-I" + CLASSES));
        FOLDERS.forEach(name -> command.add("-I" + SOURCES.resolve(name)));
        command.addAll(List.of("-c", source.toString(), "-o", object.toString()));
        run(command);
        return object;
    }

    /** A compiler that works, by the variable or the first of the names; else the test ends here. */
    static String required(String what, String debianPackage, String variable, String... names) {
        String chosen = variable == null ? null : System.getenv(variable);
        List<String> candidates = chosen == null || chosen.isBlank() ? List.of(names) : List.of(chosen);
        for (String candidate : candidates) {
            if (works(candidate)) {
                return candidate;
            }
        }
        String message = String.format(Locale.ROOT,
                "no %s: tried %s%s. Install one (Debian, Ubuntu: apt-get install %s)%s", what,
                String.join(", ", candidates), chosen == null ? "" : " of $" + variable, debianPackage,
                variable == null ? "" : " or name one by the environment variable " + variable);
        if (Boolean.parseBoolean(System.getenv(REQUIRED))) {
            Assertions.fail(message + ". " + REQUIRED + "=true forbids to skip this test");
        }
        return Assumptions.abort(message);
    }

    private static boolean works(String compiler) {
        try {
            Process process = new ProcessBuilder(compiler, "--version").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while looking for " + compiler, e);
        }
    }

    static void run(List<String> command) {
        try {
            Path log = Files.createTempFile(Files.createDirectories(OUTPUT), "compiler", ".log");
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                Assertions.fail("the compiler did not end: " + String.join(" ", command));
            }
            if (process.exitValue() != 0) {
                Assertions.fail(String.join(" ", command) + "\n" + Files.readString(log));
            }
            Files.delete(log);
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", command), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while compiling", e);
        }
    }
}
