package io.github.sqlvdi.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program {@code age} asks for a passphrase on its terminal, which the program {@code script} of util-linux makes. */
class AgeTerminalIT {

    private static final String PASSPHRASE = "größer als gut";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void requirePrograms() throws Exception {
        for (String program : List.of("age", "script")) {
            if (Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .noneMatch(it -> Files.isExecutable(Path.of(it, program)))) {
                skip("no " + program + " on PATH: install the packages age and bsdutils");
            }
        }
        Path version = folder.resolve("version.txt");
        if (run(List.of("script", "--version"), "", version) != 0
                || !Files.readString(version).contains("util-linux")) {
            skip("the program script is not that of util-linux, which can run a command");
        }
    }

    private static void skip(String reason) {
        System.out.println("AgeTerminalIT skipped: " + reason);
        abort(reason);
    }

    @Test
    void ageOpensOursWithThePassphrase() throws Exception {
        byte[] plain = AgeStreams.random(200_000, 1);
        Path ours = Files.write(folder.resolve("ours.age"), AgeStreams.encode(encrypting(), plain));
        Path opened = folder.resolve("opened");
        Path terminal = folder.resolve("terminal.txt");
        assertEquals(0, onTerminal("age -d -o opened ours.age", PASSPHRASE + "\n", terminal),
                () -> text(terminal));
        assertArrayEquals(plain, Files.readAllBytes(opened));

        Path none = folder.resolve("none");
        assertNotEquals(0, onTerminal("age -d -o none ours.age", "another\n", terminal));
        assertTrue(text(terminal).contains("incorrect passphrase"), () -> text(terminal));
        assertFalse(Files.exists(none), "age opened " + ours + " with a wrong passphrase");
    }

    @Test
    void passphraseThatAgeAskedForOpensHere() throws Exception {
        byte[] plain = AgeStreams.random(200_000, 2);
        Files.write(folder.resolve("plain"), plain);
        Path terminal = folder.resolve("terminal.txt");
        assertEquals(0, onTerminal("age -p -o theirs.age plain", PASSPHRASE + "\n" + PASSPHRASE + "\n", terminal),
                () -> text(terminal));
        assertArrayEquals(plain, AgeStreams.decode(encrypting(), Files.readAllBytes(folder.resolve("theirs.age"))));
    }

    private static Age encrypting() {
        return Age.withoutKeys().withPassphrase(PASSPHRASE.toCharArray());
    }

    /** Runs a command in the folder, on a terminal of its own. The terminal keeps the lines until the command reads them. */
    private static int onTerminal(String command, String typed, Path output) throws Exception {
        return run(List.of("script", "-q", "-e", "-c", command, "/dev/null"), typed, output);
    }

    private static int run(List<String> command, String typed, Path output) throws Exception {
        Path input = Files.writeString(folder.resolve("typed.txt"), typed, StandardCharsets.UTF_8);
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectInput(input.toFile()).redirectOutput(output.toFile()).start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            throw new IOException(command + " did not end within two minutes: " + text(output));
        }
        return process.exitValue();
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
