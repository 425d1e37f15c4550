package io.github.sqlvdi.emulator.jdbc;

import io.github.sqlvdi.jdbc.BackupPlan;
import io.github.sqlvdi.jdbc.ManyResults;
import io.github.sqlvdi.jdbc.ServerRow;
import io.github.sqlvdi.jdbc.SnapshotAction;
import io.github.sqlvdi.jdbc.SnapshotMount;
import io.github.sqlvdi.jdbc.SnapshotResults;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.mtf.HeaderColumns;
import io.github.sqlvdi.statement.StatementProgress;
import io.github.sqlvdi.stream.JobResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import javax.sql.DataSource;

/** The listings of docs/backup.md and README.md. CookbookTest compares and runs them. */
final class Cookbook {

    private Cookbook() {
    }

    static void backup(DataSource dataSource) throws Exception {
        // listing: backup
        SqlServer server = SqlServer.of(dataSource);
        JobResult result = server.backup("sales").checksum().to(Path.of("sales.bak")).run().orThrow();
        System.out.println("The backup is good: " + result.bytes() + " bytes in " + result.elapsed());
        // end
    }

    static void nightly(SqlServer server, Path folder) throws Exception {
        // listing: nightly
        server.backup("sales").checksum().compression().name("sunday")
                .to(folder.resolve("full.1"), folder.resolve("full.2")).run().orThrow();
        server.backup("sales").differential().checksum().to(folder.resolve("diff")).run().orThrow();
        server.backup("sales").log().checksum().to(folder.resolve("log.1")).run().orThrow();
        // end
    }

    static void elsewhere(SqlServer server, Path folder) throws Exception {
        // listing: elsewhere
        server.restore("sales_copy").moveFiles()
                .from(folder.resolve("full.1"), folder.resolve("full.2")).run().orThrow();
        // end
    }

    static void pointInTime(SqlServer server, Path folder, LocalDateTime time) throws Exception {
        // listing: point in time
        server.restoreChain("sales_then")
                .add(folder.resolve("full.1"), folder.resolve("full.2"))
                .add(folder.resolve("diff"))
                .add(folder.resolve("log.1"))
                .stopAt(time)
                .run().getLast().orThrow();
        // end
    }

    static void snapshot(SqlServer server, Path folder, SnapshotAction takeSnapshotOfTheVolume,
            SnapshotMount mountSnapshotOfTheVolume) throws Exception {
        // listing: snapshot
        SnapshotResults results = server.snapshot(List.of("sales", "stock"))
                .to(folder, "{database}.metadata")
                .freezeTimeout(Duration.ofSeconds(10))
                .run(takeSnapshotOfTheVolume)
                .orThrow();
        System.out.println("Both databases were frozen for " + results.frozen());
        // end
        // listing: mount
        server.restore("sales").replace().snapshot(mountSnapshotOfTheVolume)
                .from(folder.resolve("sales.metadata")).run().orThrow();
        // end
    }

    static void all(SqlServer server, Path folder) throws Exception {
        // listing: all databases
        ManyResults results = server.backupAll(server.databases("%"))
                .parallel(8)
                .plan(BackupPlan::checksum)
                .to(folder, "{database}.bak", 1)
                .run();
        results.problems().forEach(System.out::println);
        // end
    }

    static void progress(SqlServer server, Path folder) throws Exception {
        // listing: progress
        server.backup("sales").copyOnly().to(folder.resolve("copy"))
                .onProgress(Duration.ofSeconds(1), progress -> System.out.println(progress.bytes() + " bytes, "
                        + progress.statement().map(StatementProgress::percent).orElse(0.0) + " percent"))
                .run().orThrow();
        // end
    }

    static void ownText(SqlServer server, Path folder) throws Exception {
        // listing: own text
        server.statement("BACKUP LOG sales TO {devices} WITH NO_COMPRESSION, STATS = 10")
                .to(folder.resolve("log.2")).run().orThrow();
        // end
    }

    static void header(SqlServer server, Path folder) throws Exception {
        // listing: header
        List<ServerRow> sets = server.headerOnly(folder.resolve("diff"));
        System.out.println(sets.getFirst().get(HeaderColumns.BACKUP_FINISH_DATE));
        server.verifyOnly(folder.resolve("diff")).run().orThrow();
        // end
    }
}
