package io.github.sqlvdi.emulator.jdbc;

import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.client;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.emulator.sqlserver.ServerFault;
import io.github.sqlvdi.jdbc.BackupPlan;
import io.github.sqlvdi.jdbc.ManyResults;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.stream.JobDevice;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of many databases at once. */
class ManyBackupsIT {

    private static final int MANY = Integer.getInteger("sqlvdi.backups.together", 40);

    @TempDir
    private Path folder;

    private static List<JobDevice> nowhere() {
        return List.of(JobDevice.toChannel(Channels.newChannel(OutputStream.nullOutputStream())));
    }

    @Test
    void manyDatabasesAreBackedUpEightAtATime() throws Exception {
        String[] names =
                IntStream.range(0, MANY).mapToObj(index -> String.format(Locale.ROOT, "db%03d", index))
                        .toArray(String[]::new);
        try (EmulatedSqlServer emulated = EmulatedFixture.start(names)) {
            SqlServer server = client(emulated);
            List<String> found = server.databases("db%");
            assertEquals(List.of(names), found);
            emulated.inject(ServerFault.failAfter(1000));
            ManyResults results = server.backupAll(found).parallel(8).plan(BackupPlan::copyOnly)
                    .to(database -> nowhere()).run();
            assertFalse(results.good());
            assertEquals(MANY, results.results().size());
            assertEquals(1, results.problems().size(), results::toString);
            assertTrue(results.problems().getFirst().contains("Msg 3203"), results::toString);
        }
    }

    @Test
    void failureStopsTheRestIfAskedFor() throws Exception {
        try (EmulatedSqlServer emulated = EmulatedFixture.start("a", "b", "c", "d/e")) {
            SqlServer server = client(emulated);
            emulated.inject(ServerFault.failAfter(1000));
            ManyResults results = server.backupAll(List.of("a", "b", "c")).parallel(1).stopAtFailure()
                    .to(folder, "{database}.bak", 1).run();
            assertEquals(List.of("b", "c"), results.skipped());
            assertEquals(List.of("a"), List.copyOf(results.results().keySet()));
            results = server.backupAll(List.of("a", "d/e")).to(folder, "{database}.{device}", 2).run();
            assertTrue(results.good(), results::toString);
            assertTrue(Files.exists(folder.resolve("d%2Fe.2")));
        }
    }
}
