package io.github.sqlvdi.bindings;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A C compiler of this machine, asked only whether it accepts a text. */
record CCompiler(Path program) {
    private static final Path INCLUDES = Path.of("src", "main", "c").toAbsolutePath();

    /** The compiler named by property {@code sqlvdi.cc} or variable {@code CC}, else cc, gcc or clang of the PATH. */
    static Optional<CCompiler> ofThisMachine() {
        String named = System.getProperty("sqlvdi.cc", System.getenv().getOrDefault("CC", ""));
        List<String> names = named.isBlank() ? List.of("cc", "gcc", "clang") : List.of(named);
        return names.stream().flatMap(name -> onPath(name).stream()).findFirst();
    }

    static Optional<CCompiler> onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder).resolve(name)).filter(Files::isExecutable).map(CCompiler::new)
                .findFirst();
    }

    /** What the compiler complains about; empty when it accepts the text as C11 without a warning. */
    String complaints(Path folder, String text) throws IOException, InterruptedException {
        Path source = Files.writeString(folder.resolve("audit.c"), text);
        Path output = folder.resolve("audit.txt");
        Process process = new ProcessBuilder(program.toString(), "-std=c11", "-Wall", "-Wextra", "-pedantic", "-Werror",
                "-fsyntax-only", "-I", INCLUDES.toString(), source.toString())
                .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(program + " did not end within two minutes");
        }
        String complaints = Files.readString(output);
        return process.exitValue() == 0 ? complaints : complaints + program + " ended with " + process.exitValue();
    }
}
