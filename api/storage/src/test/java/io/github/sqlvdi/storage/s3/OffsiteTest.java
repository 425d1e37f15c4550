package io.github.sqlvdi.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.jdbc.BackupSetFiles;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.storage.AgeStreams.Key;
import io.github.sqlvdi.storage.Gzip;
import io.github.sqlvdi.storage.Zstd;
import io.github.sqlvdi.storage.store.Stores;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.Pipeline;
import io.github.sqlvdi.stream.StoredStream;
import io.github.sqlvdi.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/offsite.md is that of {@link Offsite}, which runs. */
class OffsiteTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void chooseProvider() {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "secret");
        System.setProperty("io.github.sqlvdi.provider", "embedded");
    }

    @AfterEach
    void clearProperties() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        System.clearProperty("io.github.sqlvdi.provider");
    }

    @Test
    void pageHasTheProgramThatRuns() throws IOException {
        String source = Files.readString(Checkout.root().resolve(
                "api/storage/src/test/java/io/github/sqlvdi/storage/s3/Offsite.java")).replace("\r\n", "\n");
        String program = source.substring(source.indexOf("// listing: offsite\n") + "// listing: offsite\n".length(),
                source.indexOf("// end"));
        String page = Files.readString(Checkout.root().resolve("docs/offsite.md")).replace("\r\n", "\n");
        assertTrue(page.contains("```java\n" + program + "```\n"));
    }

    @Test
    void programBacksUpAndRestoresOnAnotherServer() throws Exception {
        Key key = Key.create(folder, "key.txt");
        Path recipients = Files.writeString(folder.resolve("recipients.txt"), key.recipient() + "\n");
        try (StubStore store = new StubStore();
                EmulatedSqlServer here = EmulatedSqlServer.builder().database("sales", 4 << 20).start();
                EmulatedSqlServer there = EmulatedSqlServer.builder().database("other", 1 << 20).start()) {
            Offsite offsite = new Offsite(store.name("sales/{name}"));
            DataSource source = SqlServer.at(here.jdbcUrl()).source();
            offsite.full(source, "sunday", recipients);
            offsite.log(source, "monday", recipients);
            offsite.log(source, "tuesday", recipients);
            assertTrue(store.keys().contains("sales/sunday-2.zst.age"), () -> store.keys().toString());
            LocalDateTime end = finish(store.name("sales/tuesday.zst.age"), key);
            List<JobResult> results =
                    offsite.restore(SqlServer.at(there.jdbcUrl()).source(), "sales_then", key.file(), end);
            assertEquals("ONLINE", there.state("sales_then").orElseThrow());
            assertTrue(results.size() >= 2);
        }
    }

    private static LocalDateTime finish(String name, Key key) throws IOException {
        try (Stores stores = new Stores();
                Pipeline pipeline = Pipeline.builder().codec(Zstd.level(1)).codec(Gzip.level(1))
                        .codec(key.decrypting()).build()) {
            StoredStream stream = stores.stored(name).through(pipeline);
            return BackupSetFiles.read(List.of(stream)).header().finish().orElseThrow();
        }
    }
}
