package io.github.sqlvdi.emulator.jdbc;

import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.client;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.mtf.HeaderColumns;
import io.github.sqlvdi.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The listings of docs/backup.md are the code of {@link Cookbook}, which runs. */
class CookbookTest {

    private static final Pattern LISTING =
            Pattern.compile("// listing: ([a-z ]+)\\R(.*?)\\R\\s*// end", Pattern.DOTALL);
    private static final Pattern JAVA = Pattern.compile("```java\\R(.*?)\\R```", Pattern.DOTALL);
    /** The most lines of a listing, by its name. */
    private static final Map<String, Integer> MOST_LINES =
            Map.of("backup", 10, "point in time", 12, "snapshot", 20, "spring", 32);
    private static final int MOST_LINES_ELSEWHERE = 12;

    @TempDir
    private Path folder;

    private static Map<String, String> listings() throws IOException {
        Path sources = Checkout.root().resolve("api/emulator/src/test/java/io/github/sqlvdi/emulator/jdbc");
        String source = Files.readString(sources.resolve("Cookbook.java"))
                + Files.readString(sources.resolve("SpringCookbook.java"));
        Map<String, String> listings = new LinkedHashMap<>();
        Matcher listing = LISTING.matcher(source);
        while (listing.find()) {
            listings.put(listing.group(1), listing.group(2).stripIndent());
        }
        return listings;
    }

    @Test
    void pageHasTheListingsThatRun() throws Exception {
        Map<String, String> listings = listings();
        assertFalse(listings.isEmpty());
        List<String> page = JAVA.matcher(Files.readString(Checkout.root().resolve("docs/backup.md"))).results()
                .map(match -> match.group(1)).toList();
        assertEquals(List.copyOf(listings.values()), page);
        listings.forEach((name, code) -> assertTrue(
                code.lines().count() <= MOST_LINES.getOrDefault(name, MOST_LINES_ELSEWHERE), name));
        assertTrue(Files.readString(Checkout.root().resolve("README.md")).contains(listings.get("backup")));
    }

    @Test
    void listingsRun() throws Exception {
        try (EmulatedSqlServer emulated = EmulatedFixture.start("sales", "stock")) {
            SqlServer server = client(emulated);
            Cookbook.nightly(server, folder);
            Cookbook.pointInTime(server, folder, server.headerOnly(folder.resolve("log.1")).getFirst()
                    .get(HeaderColumns.BACKUP_FINISH_DATE).get());
            assertEquals("ONLINE", emulated.state("sales_then").orElseThrow());
            Cookbook.elsewhere(server, folder);
            Cookbook.progress(server, folder);
            Cookbook.ownText(server, folder);
            Cookbook.header(server, folder);
            Cookbook.all(server, Files.createDirectory(folder.resolve("all")));
            assertTrue(Files.exists(folder.resolve("all").resolve("stock.bak")));
            server.restoreChain("sales_now").add(folder.resolve("full.1"), folder.resolve("full.2"))
                    .add(folder.resolve("log.1")).add(folder.resolve("log.2")).add(folder.resolve("diff")).run()
                    .getLast()
                    .orThrow();
            assertEquals("ONLINE", emulated.state("sales_now").orElseThrow());
        }
    }

    @Test
    void snapshotListingsRun() throws Exception {
        try (EmulatedSqlServer emulated = EmulatedFixture.start("sales", "stock")) {
            AtomicInteger steps = new AtomicInteger();
            Cookbook.snapshot(client(emulated), folder, steps::incrementAndGet, steps::incrementAndGet);
            assertEquals(2, steps.get());
            assertEquals("ONLINE", emulated.state("sales").orElseThrow());
        }
    }

    @Test
    void springListingRuns() throws Exception {
        try (EmulatedSqlServer emulated = EmulatedFixture.start("sales", "stock");
                AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment().getSystemProperties().put("backup.folder", folder.toString());
            context.registerBean(DataSource.class, () -> client(emulated).source());
            context.register(SpringCookbook.BackupConfiguration.class);
            context.refresh();
            assertSame(context.getBean(SqlServer.class), context.getBean(SpringCookbook.NightlyBackup.class).server());
            System.setProperty("io.github.sqlvdi.provider", "embedded");
            try {
                context.getBean(SpringCookbook.NightlyBackup.class).run();
            } finally {
                System.clearProperty("io.github.sqlvdi.provider");
            }
            try (Stream<Path> files = Files.list(folder)) {
                assertEquals(2, files.filter(file -> file.toString().endsWith(".bak")).count());
            }
        }
    }
}
