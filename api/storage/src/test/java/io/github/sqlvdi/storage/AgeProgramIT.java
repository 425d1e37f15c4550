package io.github.sqlvdi.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program {@code age} opens what is encrypted here, and the other way round. */
class AgeProgramIT {

    @TempDir
    private static Path folder;
    private static Path identity;
    private static String recipient;

    @BeforeAll
    static void makeKeyByAgeKeygen() throws Exception {
        for (String program : List.of("age", "age-keygen")) {
            if (Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .noneMatch(it -> Files.isExecutable(Path.of(it, program)))) {
                String reason = "no " + program + " on PATH: install the package age";
                System.out.println("AgeProgramIT skipped: " + reason);
                abort(reason);
            }
        }
        identity = folder.resolve("identity.txt");
        run(null, null, "age-keygen", "-o", identity.toString());
        Path output = folder.resolve("recipient.txt");
        run(null, output, "age-keygen", "-y", identity.toString());
        recipient = Files.readString(output).strip();
    }

    private static int exitCode(Path input, Path output, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(folder.resolve("errors.txt").toFile());
        builder.redirectInput(input == null ? new File("/dev/null") : input.toFile());
        builder.redirectOutput(output == null ? folder.resolve("output.txt").toFile() : output.toFile());
        Process process = builder.start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            throw new IOException(Arrays.toString(command) + " did not end within two minutes");
        }
        return process.exitValue();
    }

    private static void run(Path input, Path output, String... command) throws Exception {
        assertEquals(0, exitCode(input, output, command),
                () -> Arrays.toString(command) + ": " + text(folder.resolve("errors.txt")));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Age encrypting() {
        return Age.withoutKeys().withRecipient(recipient);
    }

    private static Age decrypting() throws IOException {
        return Age.withoutKeys().withIdentities(identity);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65535, 65536, 65537, 1 << 20, (1 << 20) + 1, 3 << 20, 64 << 20})
    void ageOpensOurs(int bytes) throws Exception {
        byte[] plain = AgeStreams.random(bytes, bytes);
        Path file = Files.write(folder.resolve("ours.age"), AgeStreams.encode(encrypting(), plain));
        Path opened = folder.resolve("opened");
        run(file, opened, "age", "-d", "-i", identity.toString());
        assertEquals(-1, mismatch(plain, opened));
    }

    private static int mismatch(byte[] plain, Path file) throws IOException {
        return Arrays.mismatch(plain, Files.readAllBytes(file));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65535, 65536, 65537, 1 << 20, (1 << 20) + 1, 3 << 20, 64 << 20})
    void agesOpenHereOnTwoWorkers(int bytes) throws Exception {
        Path plain = Files.write(folder.resolve("plain"), AgeStreams.random(bytes, bytes));
        Path file = folder.resolve("theirs.age");
        run(plain, file, "age", "-r", recipient);
        Path opened = folder.resolve("opened");
        try (ExecutorService pool = Executors.newFixedThreadPool(2);
                ReadableByteChannel channel = decrypting().decode(FileChannel.open(file), pool)) {
            Files.deleteIfExists(opened);
            Files.copy(Channels.newInputStream(channel), opened);
        }
        assertEquals(-1, Files.mismatch(plain, opened));
    }

    @Test
    void agesArmoredFileOpensHere() throws Exception {
        byte[] plain = AgeStreams.random(70_000, 4);
        Path input = Files.write(folder.resolve("armored.plain"), plain);
        Path theirs = folder.resolve("armored.age");
        run(input, theirs, "age", "-a", "-r", recipient);
        assertArrayEquals(plain, AgeStreams.decode(decrypting(), Files.readAllBytes(theirs)));
    }

    @Test
    void eachOfSeveralRecipientsOpens() throws Exception {
        List<Path> identities = new ArrayList<>();
        StringBuilder team = new StringBuilder("# the team\n\n");
        for (int i = 0; i < 5; i++) {
            Path file = folder.resolve("member" + i);
            Path output = folder.resolve("member" + i + ".pub");
            run(null, null, "age-keygen", "-o", file.toString());
            run(null, output, "age-keygen", "-y", file.toString());
            identities.add(file);
            team.append(Files.readString(output));
        }
        Path recipients = Files.writeString(folder.resolve("team.txt"), team);
        byte[] plain = AgeStreams.random(100_000, 1);
        Path ours = Files.write(folder.resolve("team.age"),
                AgeStreams.encode(Age.withoutKeys().withRecipients(recipients), plain));
        Path input = Files.write(folder.resolve("team.plain"), plain);
        Path theirs = folder.resolve("team-theirs.age");
        run(input, theirs, "age", "-R", recipients.toString());
        for (Path file : identities) {
            run(ours, folder.resolve("opened"), "age", "-d", "-i", file.toString());
            assertEquals(-1, mismatch(plain, folder.resolve("opened")));
            assertArrayEquals(plain,
                    AgeStreams.decode(Age.withoutKeys().withIdentities(file), Files.readAllBytes(theirs)));
        }
    }

    @Test
    void ageRefusesOursWhereItIsCut() throws Exception {
        byte[] encoded = AgeStreams.encode(encrypting(), AgeStreams.random(200_000, 2));
        for (int cut : new int[]{1, 16, 17, 3392, 65552 + 3392}) {
            Path file = Files.write(folder.resolve("cut.age"), Arrays.copyOf(encoded, encoded.length - cut));
            assertTrue(exitCode(file, folder.resolve("opened"), "age", "-d", "-i", identity.toString()) != 0);
        }
    }

    @Test
    void ageTakesTheSameFilesOfKeysAsWeDo() throws Exception {
        Path recipients = Files.writeString(folder.resolve("one.txt"), "# me\n" + recipient + "\n");
        byte[] plain = AgeStreams.random(1000, 3);
        Path input = Files.write(folder.resolve("one.plain"), plain);
        Path theirs = folder.resolve("one.age");
        run(input, theirs, "age", "-R", recipients.toString());
        assertArrayEquals(plain, AgeStreams.decode(decrypting(), Files.readAllBytes(theirs)));
    }
}
