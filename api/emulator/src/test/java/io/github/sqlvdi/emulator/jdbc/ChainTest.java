package io.github.sqlvdi.emulator.jdbc;

import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.client;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.jdbc.BrokenChainException;
import io.github.sqlvdi.jdbc.ChainRestore;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.StoredStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chains of real streams, restored on the emulated SQL Server, which refuses a wrong order. */
class ChainTest {

    private static EmulatedSqlServer emulated;
    private static SqlServer server;
    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() throws Exception {
        emulated = EmulatedFixture.start("sales", "other");
        server = client(emulated);
        server.backup("sales").to(path("full0"), path("full1")).run().orThrow();
        server.backup("sales").log().to(path("log1")).run().orThrow();
        server.backup("sales").differential().to(path("diff")).run().orThrow();
        server.backup("sales").log().to(path("log2")).run().orThrow();
        server.backup("sales").log().to(path("log3")).run().orThrow();
        server.backup("other").to(path("other")).run().orThrow();
    }

    @AfterAll
    static void stop() {
        emulated.close();
    }

    private static Path path(String name) {
        return folder.resolve(name);
    }

    private static ChainRestore chain(String database, String... logs) throws IOException {
        ChainRestore chain = server.restoreChain(database);
        for (String log : logs) {
            chain.add(path(log));
        }
        return chain.add(path("full1"), path("full0"));
    }

    @Test
    void setsAreRestoredInTheirOrder() throws Exception {
        ChainRestore all = chain("all", "log3", "log2", "diff", "log1");
        List<Optional<BackupType>> kinds = all.sets().stream().map(set -> set.header().type()).toList();
        assertEquals(List.of(Optional.of(BackupType.FULL), Optional.of(BackupType.DIFFERENTIAL)), kinds.subList(0, 2));
        assertEquals(List.of(path("full0").toString(), path("full1").toString()),
                all.sets().getFirst().stripes().stream().map(StoredStream::name).toList());
        List<JobResult> results = all.run();
        results.getLast().orThrow();
        assertEquals(kinds.size(), results.size());
        assertEquals("ONLINE", emulated.state("all").orElseThrow());
        chain("logs", "log3", "log2", "log1").run().getLast().orThrow();
        assertEquals("ONLINE", emulated.state("logs").orElseThrow());
        chain("open", "log1").noRecovery().run().getLast().orThrow();
        assertEquals("RESTORING", emulated.state("open").orElseThrow());
    }

    @Test
    void missingLogIsNamedBeforeTheServerIsAsked() throws Exception {
        String message =
                assertThrows(BrokenChainException.class, () -> chain("gap", "log1", "log3").run()).getMessage();
        assertTrue(message.startsWith("A log backup is missing that begins at or before LSN"), message);
        assertTrue(message.contains("log3"), message);
        assertTrue(emulated.state("gap").isEmpty());
    }

    @Test
    void setOfAnotherDatabaseIsRefused() {
        String message = assertThrows(BrokenChainException.class, () -> chain("mixed", "other").run()).getMessage();
        assertTrue(message.contains("different databases"), message);
    }

    @Test
    void timeBehindTheLastLogIsRefused() {
        LocalDateTime tomorrow = LocalDateTime.now(java.time.ZoneId.systemDefault()).plusDays(1);
        String message = assertThrows(BrokenChainException.class,
                () -> chain("late", "log1", "log2", "log3").stopAt(tomorrow).run()).getMessage();
        assertTrue(message.startsWith("A log backup is missing that ends at or after " + tomorrow), message);
    }

    @Test
    void cutAndIncompleteSetsAreRefused() throws Exception {
        byte[] full = Files.readAllBytes(path("full0"));
        Path cut = Files.write(path("cut"), java.util.Arrays.copyOf(full, full.length / 2));
        String message = assertThrows(IOException.class, () -> server.restoreChain("x").add(cut)).getMessage();
        assertTrue(message.contains("cut is incomplete"), message);
        message = assertThrows(IOException.class, () -> server.restoreChain("x").add(path("full0"))).getMessage();
        assertTrue(message.contains("family 2 is not there"), message);
    }
}
