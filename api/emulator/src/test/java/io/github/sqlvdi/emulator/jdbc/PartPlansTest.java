package io.github.sqlvdi.emulator.jdbc;

import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.client;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.files;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.sha256;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.emulator.sqlserver.RestoredBackup;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.mtf.FileColumns;
import io.github.sqlvdi.mtf.HeaderColumns;
import io.github.sqlvdi.stream.JobException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans of files and filegroups, against the emulated SQL Server through its driver. */
class PartPlansTest {

    /** Of each data file: each device gets some of it. */
    private static final long SIZE = 2 << 20;

    private static EmulatedSqlServer emulated;
    private static SqlServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        emulated = EmulatedSqlServer.builder().database("parts", SIZE).dataFile("parts", "old", "it's old", SIZE)
                .dataFile("parts", "more", "primary", SIZE).start();
        server = client(emulated);
    }

    @AfterAll
    static void stop() {
        emulated.close();
    }

    private void assertRestored(String copy, Path[]... sets) throws Exception {
        List<String> written = new ArrayList<>();
        for (Path file : Stream.of(sets).flatMap(Stream::of).toList()) {
            written.add(sha256(file));
        }
        assertEquals(written, emulated.restored(copy).stream().map(RestoredBackup::sha256).toList());
        assertEquals("ONLINE", emulated.state(copy).orElseThrow());
    }

    private static void assertSet(int type, List<String> present, Path... files) throws Exception {
        assertEquals(type, server.headerOnly(files).getFirst().get(HeaderColumns.BACKUP_TYPE).get());
        assertEquals(List.of("parts", "more", "old", "parts_log"), server.fileListOnly(files).stream()
                .map(row -> row.get(FileColumns.LOGICAL_NAME).get()).toList());
        assertEquals(present, server.fileListOnly(files).stream().filter(row -> row.get(FileColumns.IS_PRESENT).get())
                .map(row -> row.get(FileColumns.LOGICAL_NAME).get()).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void filesAndFilegroupsAreRestoredToTheirBytes(int devices) throws Exception {
        Path[] full = files(folder, "full", devices);
        Path[] file = files(folder, "file", devices);
        Path[] group = files(folder, "group", devices);
        Path[] differential = files(folder, "differential", devices);
        Path[] log = files(folder, "log", devices);
        server.backup("parts").to(full).run().orThrow();
        server.backup("parts").files("old", "PARTS").checksum().to(file).run().orThrow();
        server.backup("parts").filegroups("it's old").name("group").to(group).run().orThrow();
        server.backup("parts").files("more").differential().to(differential).run().orThrow();
        server.backup("parts").log().to(log).run().orThrow();
        assertSet(4, List.of("parts", "old", "parts_log"), file);
        assertSet(4, List.of("old", "parts_log"), group);
        assertSet(6, List.of("more", "parts_log"), differential);
        String copy = "copy" + devices;
        server.restore(copy).moveFiles().noRecovery().from(full).run().orThrow();
        server.restore(copy).files("parts", "old").checksum().noRecovery().from(file).run().orThrow();
        server.restore(copy).filegroups("it's old").noRecovery().from(group).run().orThrow();
        server.restore(copy).noRecovery().from(differential).run().orThrow();
        server.restore(copy).log().recovery().from(log).run().orThrow();
        assertRestored(copy, full, file, group, differential, log);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void filegroupsThatCanBeWrittenAreRestoredToTheirBytes(int devices) throws Exception {
        Path[] partial = files(folder, "partial", devices);
        server.backup("parts").readWriteFilegroups().filegroups("it's old").copyOnly().checksum().to(partial).run()
                .orThrow();
        assertSet(7, List.of("parts", "more", "old", "parts_log"), partial);
        String copy = "partial" + devices;
        server.restore(copy).moveFiles().readWriteFilegroups().with("PARTIAL").from(partial).run().orThrow();
        assertRestored(copy, partial);
        assertTrue(server.verifyOnly(partial).run().good());
    }

    @Test
    void unknownPartIsRefusedWithItsName() {
        String file = assertThrows(JobException.class, () -> server.backup("parts").files("old", "no'ne")
                .to(folder.resolve("x")).run().orThrow()).getMessage();
        assertTrue(file.contains("Msg 3234") && file.contains("no'ne"), file);
        String group = assertThrows(JobException.class, () -> server.backup("parts").filegroups("none")
                .to(folder.resolve("x")).run().orThrow()).getMessage();
        assertTrue(group.contains("Msg 3027") && group.contains("\"none\""), group);
    }
}
