package io.github.sqlvdi.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.sqlvdi.codec.Codec;
import io.github.sqlvdi.testing.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made here open with the programs zstd and gzip, and theirs are read here. */
class OtherProgramsTest {

    private static final ExecutorService WORKERS = Executors.newFixedThreadPool(2,
            Thread.ofPlatform().daemon().factory());
    private static final int LENGTH = (8 << 20) + 12_345;

    @TempDir
    Path folder;

    @AfterAll
    static void endWorkers() {
        WORKERS.shutdown();
    }

    /** Runs a program on a file and returns its output. */
    private byte[] run(byte[] input, String... command) throws IOException, InterruptedException {
        if (Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, command[0])))) {
            System.out.println("OtherProgramsTest skips a test: there is no program " + command[0]);
            abort("there is no program " + command[0]);
        }
        Path in = Files.write(folder.resolve("in"), input);
        Path out = folder.resolve("out");
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(command).redirectInput(in.toFile()).redirectOutput(out.toFile())
                .redirectError(errors.toFile()).start();
        if (!process.waitFor(Patience.SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " did not end");
        }
        assertEquals(0, process.exitValue(), () -> command[0] + ": " + errors);
        return Files.readAllBytes(out);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, LENGTH})
    void theirProgramsReadOurFiles(int length) throws Exception {
        byte[] stream = CodecProbe.pages(length, 1);
        assertArrayEquals(stream, run(CodecProbe.encode(Zstd.level(3), stream, 1 << 20), "zstd", "-dcq"));
        assertArrayEquals(stream, run(CodecProbe.encode(Gzip.level(6), stream, 1 << 20), "gzip", "-dc"));
    }

    @Test
    void zstdKnowsTheLengthAndTheChecksumOfOurFiles() throws Exception {
        Path file = Files.write(folder.resolve("list.zst"),
                CodecProbe.encode(Zstd.level(3), CodecProbe.pages(LENGTH, 2), 1 << 20));
        String list = new String(run(new byte[0], "zstd", "-lv", file.toString()),
                java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(list.contains("(" + LENGTH + " B)"), list);
        assertTrue(list.contains("XXH64"), list);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd -c", "zstd -1c --no-check", "zstd -c -T2 --long=27", "zstd -c -12",
        "zstd -c --stream-size=" + LENGTH, "gzip -c", "gzip -1c"})
    void ourReaderReadsTheirFiles(String command) throws Exception {
        byte[] stream = CodecProbe.pages(LENGTH, 3);
        byte[] encoded = run(stream, command.split(" "));
        Codec codec = command.startsWith("zstd") ? Zstd.level(1) : Gzip.level(1);
        assertArrayEquals(stream, CodecProbe.decode(codec, encoded, WORKERS));
        byte[] cut = Arrays.copyOf(encoded, encoded.length / 2);
        assertThrows(IOException.class, () -> CodecProbe.decode(codec, cut, WORKERS));
    }

    @Test
    void severalAndSkippableFramesAreOneStream() throws Exception {
        byte[] stream = CodecProbe.pages(500_000, 5);
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        frames.writeBytes(new byte[]{0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3});
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        for (List<String> command : List.of(List.of("zstd", "-c"), List.of("zstd", "-c9"))) {
            frames.writeBytes(run(stream, command.toArray(String[]::new)));
            plain.writeBytes(stream);
        }
        assertArrayEquals(plain.toByteArray(), CodecProbe.decode(Zstd.level(1), frames.toByteArray(), WORKERS));
    }
}
