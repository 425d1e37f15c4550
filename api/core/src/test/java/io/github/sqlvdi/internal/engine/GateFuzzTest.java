package io.github.sqlvdi.internal.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The inputs of {@link GateFuzz} that every build runs: values that a gate let through once, the corpus of a fuzzer
 * (gate-inputs.txt, one input a line), which reaches every branch that the fuzzer found, and random ones. Options:
 * {@code -Dsqlvdi.gate=n -Dsqlvdi.gate.seed=n}.
 */
class GateFuzzTest {
    private static final int INPUTS = Integer.getInteger("sqlvdi.gate", 20_000);
    private static final long SEED = Long.getLong("sqlvdi.gate.seed", 20_261_126L);
    private static final int LENGTH = 40;
    private static final int[] EDGES = {0, 1, -1, 2, 255, 256, 511, 512, 4_095, 4_096, 65_535, 65_536, 1 << 30,
        Integer.MAX_VALUE, Integer.MIN_VALUE, -512, 4_194_304};

    private static GateFuzz fuzz;

    @BeforeAll
    static void open() throws Exception {
        fuzz = new GateFuzz();
    }

    @AfterAll
    static void close() {
        fuzz.close();
    }

    @ParameterizedTest
    @CsvSource({"request: prefix zone MIN_VALUE, 00 02 80000000", "request: prefix zone -512, 00 02 fffffe00",
        "request: alignment 1000, 00 03 000003e8", "request: alignment 2^30, 00 03 40000000",
        "answer: prefix zone MIN_VALUE, 01 02 80000000", "answer: 65537 bytes, 01 09 00010001",
        "buffer: negative offset, 02 00004000 00 ffffffffffff0000 00010000",
        "buffer: beyond the area, 02 00004000 00 0000000000100000 00010000",
        "buffer: unaligned, 02 00004000 00 0000000000001001 00001000",
        "buffer: in area 255, 02 00004000 ff 0000000000001000 00001000",
        "area: 4 KiB of it, 03 00 0000000000001000", "area: 2^63 - 1 bytes, 03 00 7fffffffffffffff",
        "closing: a state alone, 04 00000003 0000000000000000", "closing: -1 commands, 04 00000000 ffffffffffffffff",
        "owner: slot 80, 05 00000050 0000000000000000", "owner: no check word, 05 00000000 0000000000000001",
        "name: 261 units, 08 00000105", "name: -1 units, 08 ffffffff"})
    void forgedValueIsRefused(String what, String input) throws Exception {
        assertFalse(fuzz.run(HexFormat.of().parseHex(input.replace(" ", ""))), what);
    }

    @ParameterizedTest
    @CsvSource({"request: prefix zone 4096, 00 02 00001000", "answer: 128 KiB, 01 09 00020000",
        "buffer, 02 00004000 00 0000000000001000 00001000", "area, 03 00 0000000000100000",
        "closing: 5 commands, 04 00000000 0000000000000005", "owner: slot 79, 05 0000004f 0000000000000000",
        "command, 06 00000002 00010000 0000000000000000 00004000 00000001",
        "completion, 07 00000001 00000000 00010000 0000000000000000", "name, 08 00000003 006100620063"})
    void valueThatTheRulesAllowIsRead(String what, String input) throws Exception {
        assertTrue(fuzz.run(HexFormat.of().parseHex(input.replace(" ", ""))), what);
    }

    @Test
    void inputsOfTheFuzzerFindNothing() throws Exception {
        try (InputStream corpus = GateFuzzTest.class.getResourceAsStream("gate-inputs.txt")) {
            List<String> inputs = new String(corpus.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
            assertTrue(inputs.size() > 50, inputs::toString);
            for (String input : inputs) {
                assertDoesNotThrow(() -> fuzz.run(HexFormat.of().parseHex(input)), input);
            }
        }
    }

    @Test
    void gateLetsNothingElseThrough() {
        Random random = new Random(SEED);
        byte[] input = new byte[LENGTH];
        for (int i = 0; i < INPUTS; i++) {
            random.nextBytes(input);
            ByteBuffer words = ByteBuffer.wrap(input);
            for (int at = random.nextInt(1, 4); at + Integer.BYTES <= LENGTH; at += random.nextInt(1, 8)) {
                if (random.nextInt(3) != 0) {
                    words.putInt(at, EDGES[random.nextInt(EDGES.length)]);
                }
            }
            int number = i;
            assertDoesNotThrow(() -> fuzz.run(input),
                    () -> String.format(Locale.ROOT, "input %d of seed %d: %s", number,
                            SEED, HexFormat.of().formatHex(input)));
        }
    }
}
