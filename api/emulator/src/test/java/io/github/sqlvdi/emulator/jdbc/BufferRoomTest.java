package io.github.sqlvdi.emulator.jdbc;

import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.assertNothingLeft;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.client;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.files;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.numbers;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.sha256;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.emulator.sqlserver.ServerFault;
import io.github.sqlvdi.jdbc.ServerJob;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements whose buffers do not fit into the memory of the server. */
class BufferRoomTest {

    private static final String LAST_OPTIONS = "so the statement was executed again with ";

    private EmulatedSqlServer emulated;
    private SqlServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        emulated = EmulatedFixture.start("sales");
        server = client(emulated);
    }

    @AfterEach
    void stop() {
        emulated.close();
    }

    private static List<String> notes(JobResult result) {
        return result.verdict().orElseThrow().messages().stream().map(SqlMessage::text)
                .filter(text -> text.contains(LAST_OPTIONS)).toList();
    }

    @Test
    void statementAsksForBuffersByItsNumberOfDevices() {
        assertTrue(server.backup("sales").to(files(folder, "x", 1)).text()
                .endsWith("WITH MAXTRANSFERSIZE = 1048576, BUFFERCOUNT = 4"));
        assertTrue(server.backup("sales").checksum().to(files(folder, "x", 64)).text()
                .endsWith("WITH CHECKSUM, MAXTRANSFERSIZE = 524288, BUFFERCOUNT = 256"));
        assertTrue(server.backup("sales").transferSize(4 << 20).to(files(folder, "x", 2)).text()
                .endsWith("WITH MAXTRANSFERSIZE = 4194304, BUFFERCOUNT = 8"));
        assertFalse(server.backup("sales").serverBuffers().to(files(folder, "x", 2)).text().contains("WITH"));
        assertTrue(server.backup("sales").with("buffercount = 9").to(files(folder, "x", 2)).text()
                .endsWith("WITH buffercount = 9"));
    }

    @Test
    void smallerBuffersAreTriedUntilTheyFit() throws Exception {
        emulated.inject(ServerFault.noRoomAbove(1 << 20));
        Path[] files = files(folder, "full", 2);
        JobResult backup = server.backup("sales").transferSize(4 << 20).bufferCount(16).to(files).run().orThrow();
        List<String> notes = notes(backup);
        assertEquals("The server had no memory for 16 buffers of 4,194,304 bytes, so the statement was executed again "
                + "with 16 buffers of 2,097,152 bytes", notes.getFirst());
        assertEquals("The server had no memory for 8 buffers of 262,144 bytes, so the statement was executed again "
                + "with 4 buffers of 262,144 bytes", notes.getLast());
        JobResult restore = server.restore("copy").moveFiles().from(files).run().orThrow();
        assertFalse(notes(restore).isEmpty());
        for (int device = 0; device < files.length; device++) {
            assertEquals(sha256(files[device]), emulated.restored("copy").get(device).sha256());
        }
    }

    @Test
    void serverThatHasNoMemoryAtAllFailsAtLastWithItsOwnChoice() throws Exception {
        emulated.inject(ServerFault.noRoomAbove(1));
        JobResult result = server.backup("sales").to(folder.resolve("never")).run();
        assertFalse(result.good());
        assertTrue(notes(result).getLast().endsWith("with the server's own choice of buffers"), result::toString);
        assertEquals(List.of(18210, 3013), numbers(result).subList(numbers(result).size() - 2, numbers(result).size()));
        assertNothingLeft(folder);
    }

    @Test
    void devicesThatCannotBeMadeAgainAndOwnTextAreTriedOnce() throws Exception {
        emulated.inject(ServerFault.noRoomAbove(1 << 20));
        for (ServerJob job : List.of(
                server.backup("sales").to(List.of(JobDevice.toFile(folder.resolve("a")))),
                server.statement("BACKUP DATABASE sales TO {devices} WITH MAXTRANSFERSIZE = 4194304")
                        .to(folder.resolve("b")))) {
            JobResult result = job.run();
            assertFalse(result.good());
            assertEquals(List.of(18210, 3013), numbers(result));
        }
        assertNothingLeft(folder);
        server.backup("sales").to(() -> List.of(JobDevice.toFile(folder.resolve("c")))).run().orThrow();
    }

    @Test
    void otherFailureIsNotTriedAgain() throws Exception {
        emulated.inject(ServerFault.failAfter(1));
        JobResult result = server.backup("sales").to(folder.resolve("never")).run();
        assertEquals(List.of(3203, 3013), numbers(result));
    }

    @Test
    void cancelledJobIsNotTriedAgain() throws Exception {
        emulated.inject(ServerFault.noRoomAbove(1 << 20));
        ServerJob job = server.backup("sales").to(folder.resolve("never"));
        job.cancel();
        JobResult result = job.run();
        assertFalse(result.good());
        assertTrue(result.failures().toString().contains("The job was cancelled"), result::toString);
        assertNothingLeft(folder);
    }
}
