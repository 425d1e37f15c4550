package io.github.sqlvdi.storage.internal.zstd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.sqlvdi.testing.Checkout;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where jextract is installed: the committed bindings of libzstd are what its header gives. */
class RegenerateTest {

    private static final Path PACKAGE = Path.of("io", "github", "sqlvdi", "storage", "internal", "zstd", "bindings");

    @Test
    void committedBindingsAreWhatTheHeaderGives(@TempDir Path folder) throws Exception {
        if (System.getenv().getOrDefault("JEXTRACT_HOME", "").isBlank() && !onPath("jextract") || !onPath("bash")) {
            System.out.println("RegenerateTest skipped: no jextract or no bash: set JEXTRACT_HOME or put it on PATH");
            abort("no jextract or no bash");
        }
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder("bash", Checkout.module().resolve("regenerate").toString(),
                folder.resolve("java").toString()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("api/storage/regenerate did not end within two minutes");
        }
        assertEquals(0, process.exitValue(), Files.readString(output));
        assertEquals(texts(Checkout.module().resolve("src/main/java").resolve(PACKAGE)),
                texts(folder.resolve("java").resolve(PACKAGE)), "run api/storage/regenerate");
    }

    private static Map<String, String> texts(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }

    private static boolean onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }
}
