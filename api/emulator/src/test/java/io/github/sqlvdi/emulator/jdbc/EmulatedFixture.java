package io.github.sqlvdi.emulator.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.embedded.EmbeddedSet;
import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.testing.Looking;
import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the tests of statements over JDBC share. */
final class EmulatedFixture {

    static final long SIZE = 8 << 20;

    private EmulatedFixture() {
    }

    static EmulatedSqlServer start(String... databases) throws IOException {
        EmulatedSqlServer.Builder builder = EmulatedSqlServer.builder();
        for (String name : databases) {
            builder.database(name, SIZE);
        }
        return builder.start();
    }

    static SqlServer client(EmulatedSqlServer server) {
        return SqlServer.at(server.jdbcUrl()).provider(VdiProvider.EMBEDDED);
    }

    static Path[] files(Path folder, String name, int count) {
        return IntStream.range(0, count).mapToObj(index -> folder.resolve(name + index)).toArray(Path[]::new);
    }

    static String sha256(Path file) throws IOException, GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    static List<Integer> numbers(JobResult result) {
        return result.verdict().orElseThrow().messages().stream().map(message -> message.number()).toList();
    }

    static void assertNothingLeft(Path folder) throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    /** Threads and connections end soon after the job; sets end with it. */
    static void assertNothingLives(EmulatedSqlServer server, String setName) throws IOException {
        assertTrue(EmbeddedSet.list().stream().noneMatch(set -> set.name().equals(setName)), setName);
        await("a thread of the job is alive", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(
                        thread -> thread.getName().equals("sqlvdi-cancel") || thread.getName().equals("sqlvdi-progress")
                                || thread.getName().startsWith("sqlvdi-") && thread.getName().contains(setName)));
        await("a connection is open", () -> server.connections() == 0);
    }

    static void await(String otherwise, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Patience.SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, otherwise);
            Looking.pause();
        }
    }
}
