package io.github.sqlvdi.emulator.jdbc;

import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.assertNothingLives;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.client;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.emulator.sqlserver.ServerFault;
import io.github.sqlvdi.statement.StatementProgress;
import io.github.sqlvdi.testing.TestData;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The progress that the server tells. */
class ProgressTest {

    @TempDir
    private Path folder;

    @Test
    void percentAndEstimatedEndComeFromTheServer() throws Exception {
        try (EmulatedSqlServer emulated = EmulatedFixture.start("sales")) {
            emulated.inject(ServerFault.slow(8 << 20));
            List<StatementProgress> seen = new CopyOnWriteArrayList<>();
            String set = TestData.setName();
            Instant begun = Instant.now();
            client(emulated).statement("BACKUP DATABASE sales TO {devices}").to(folder.resolve("slow")).setName(set)
                    .onProgress(Duration.ofMillis(20), progress -> progress.statement().ifPresent(seen::add)).run()
                    .orThrow();
            assertTrue(seen.stream().map(StatementProgress::percent).distinct().count() >= 3, seen::toString);
            for (int index = 1; index < seen.size(); index++) {
                assertTrue(seen.get(index).percent() >= seen.get(index - 1).percent(), seen::toString);
            }
            assertTrue(seen.stream().anyMatch(progress -> progress.estimatedEnd().filter(begun::isBefore).isPresent()),
                    seen::toString);
            assertNothingLives(emulated, set);
        }
    }
}
