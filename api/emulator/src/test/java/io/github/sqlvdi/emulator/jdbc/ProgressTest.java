package io.github.sqlvdi.emulator.jdbc;

import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.SIZE;
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
            List<StatementProgress> seen = new CopyOnWriteArrayList<>();
            String set = "";
            Instant begun = Instant.now();
            // a busy machine asks for the progress seldom: then the server takes more time
            for (long rate = SIZE; percents(seen) < 3; rate /= 4) {
                assertTrue(rate > SIZE / 100, seen::toString);
                seen.clear();
                emulated.inject(ServerFault.slow(rate));
                set = TestData.setName();
                client(emulated).statement("BACKUP DATABASE sales TO {devices}").to(folder.resolve("slow" + rate))
                        .setName(set)
                        .onProgress(Duration.ofMillis(20), progress -> progress.statement().ifPresent(seen::add)).run()
                        .orThrow();
            }
            for (int index = 1; index < seen.size(); index++) {
                assertTrue(seen.get(index).percent() >= seen.get(index - 1).percent(), seen::toString);
            }
            assertTrue(seen.stream().anyMatch(progress -> progress.estimatedEnd().filter(begun::isBefore).isPresent()),
                    seen::toString);
            assertNothingLives(emulated, set);
        }
    }

    private static long percents(List<StatementProgress> seen) {
        return seen.stream().map(StatementProgress::percent).distinct().count();
    }
}
