package io.github.sqlvdi.emulator.jdbc;

import io.github.sqlvdi.jdbc.BackupPlan;
import io.github.sqlvdi.jdbc.ManyResults;
import io.github.sqlvdi.jdbc.SqlServer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** The listing of docs/backup.md for Spring Boot. CookbookTest compares and runs it. */
final class SpringCookbook {

    private SpringCookbook() {
    }

    // listing: spring
    @Configuration
    @EnableScheduling
    static class BackupConfiguration {

        @Bean
        SqlServer sqlServer(DataSource dataSource) {
            return SqlServer.of(dataSource);
        }

        @Bean
        NightlyBackup nightlyBackup(SqlServer server, @Value("${backup.folder}") Path folder) {
            return new NightlyBackup(server, folder);
        }
    }

    record NightlyBackup(SqlServer server, Path folder) {

        @Scheduled(cron = "0 0 2 * * *")
        public void run() throws Exception {
            ManyResults results = server.backupAll(server.databases("%")).parallel(2).plan(BackupPlan::checksum)
                    .to(folder, "{database}-" + LocalDate.now(ZoneId.systemDefault()) + ".bak", 1).run();
            if (!results.good()) {
                throw new IllegalStateException(results.toString());
            }
        }
    }
    // end
}
