package io.github.sqlvdi.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.storage.store.StoredObject;
import io.github.sqlvdi.storage.store.Stores;
import io.github.sqlvdi.storage.store.WriteOptions;
import io.github.sqlvdi.stream.BackupTarget;
import io.github.sqlvdi.stream.NameTemplate;
import io.github.sqlvdi.testing.TestData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups in a real S3 server. */
class S3GatewayIT {

    private static final int STRIPES = 4;
    private static final int PARALLEL = 8;

    @TempDir
    Path folder;

    private Gateway gateway;
    private Stores stores;

    @BeforeEach
    void open() throws IOException {
        gateway = Gateway.start(folder.resolve("data"));
        System.setProperty("aws.accessKeyId", Gateway.KEY);
        System.setProperty("aws.secretAccessKey", Gateway.SECRET);
        stores = new Stores();
    }

    @AfterEach
    void close() throws IOException {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        if (gateway != null) {
            gateway.close();
        }
        if (stores != null) {
            stores.close();
        }
    }

    private static List<byte[]> stripes(int database) {
        Random sizes = new Random(database);
        List<byte[]> stripes = new ArrayList<>();
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            // one in fifty takes more than one part
            int size = database % 50 == 0 && stripe == 0 ? 9 << 20 : sizes.nextInt(1, 200_000);
            stripes.add(TestData.bytes(size, database * 31L + stripe));
        }
        return stripes;
    }

    private List<String> names(int database) {
        return new NameTemplate(gateway.name("{database}/full-{stripe}.bak")).names("db" + database, Instant.now(),
                STRIPES);
    }

    private void eachDatabase(int count, Step step) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(PARALLEL)) {
            List<Future<?>> all = new ArrayList<>();
            for (int database = 0; database < count; database++) {
                int number = database;
                all.add(threads.submit(() -> {
                    step.run(number);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    private interface Step {
        void run(int database) throws Exception;
    }

    @Test
    void manyDatabasesInFourStripesComeBack() throws Exception {
        int count = Integer.getInteger("sqlvdi.store.databases", 20);
        eachDatabase(count,
                it -> StoreJobs.assertGood(StoreJobs.backup(stores, names(it), stripes(it), WriteOptions.NEW)));
        List<StoredObject> stored = stores.list(gateway.name(""));
        assertEquals(count * STRIPES * 2, stored.size(), "each stripe has a manifest");
        assertEquals(List.of(), stores.cleanUp(gateway.name(""), Duration.ZERO), "no upload is open");
        eachDatabase(count, it -> StoreJobs.assertRestores(stores, names(it), stripes(it)));
    }

    @Test
    void secondOfTwoThatFinishFails() throws IOException {
        for (int size : new int[]{1_000, 12 << 20}) {
            String name = gateway.name("race" + size);
            BackupTarget second = begun(name, size, WriteOptions.NEW);
            BackupTarget first = begun(name, size, WriteOptions.NEW);
            first.finish();
            assertThrows(FileAlreadyExistsException.class, second::finish);
            second.undo();
            first.keep();
            assertEquals(1, stores.list(name).size());
        }
        assertEquals(List.of(), stores.cleanUp(gateway.name(""), Duration.ZERO));
    }

    @Test
    void oldObjectIsReplacedWhenTheNewOneIsKept() throws IOException {
        String name = gateway.name("replaced");
        begun(name, 1_000, WriteOptions.NEW).keep();
        BackupTarget undone = begun(name, 20 << 20, WriteOptions.REPLACING);
        undone.finish();
        undone.undo();
        assertEquals(1_000, stores.list(name).getFirst().size());
        begun(name, 20 << 20, WriteOptions.REPLACING).keep();
        assertEquals(List.of(20L << 20), stores.list(name).stream().map(StoredObject::size).toList());
    }

    @Test
    void openUploadIsFoundAndAborted() throws IOException {
        begun(gateway.name("killed"), 20 << 20, WriteOptions.NEW);
        assertEquals(List.of(), stores.cleanUp(gateway.name(""), Duration.ofHours(1)));
        assertEquals(1, stores.cleanUp(gateway.name("kill"), Duration.ZERO).size());
        assertEquals(List.of(), stores.cleanUp(gateway.name(""), Duration.ZERO));
    }

    @Test
    void refusedCredentialsAreToldAtBegin() throws IOException {
        System.setProperty("aws.secretAccessKey", "wrong");
        try (Stores others = new Stores()) {
            IOException failure = assertThrows(IOException.class,
                    () -> others.target(gateway.name("x"), WriteOptions.NEW).begin());
            assertTrue(failure.getMessage().contains("Check the credentials"), failure::getMessage);
        }
    }

    private BackupTarget begun(String name, int size, WriteOptions options) throws IOException {
        BackupTarget target = stores.target(name, options);
        target.begin();
        ByteBuffer bytes = ByteBuffer.wrap(TestData.bytes(size, size));
        while (bytes.hasRemaining()) {
            target.channel().write(bytes);
        }
        return target;
    }
}
