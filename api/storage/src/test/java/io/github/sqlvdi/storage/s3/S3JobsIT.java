package io.github.sqlvdi.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.emulator.EmulatedServer;
import io.github.sqlvdi.storage.s3.StubStore.Fault;
import io.github.sqlvdi.storage.s3.StubStore.Kind;
import io.github.sqlvdi.storage.store.Stores;
import io.github.sqlvdi.storage.store.WriteOptions;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.testing.DirectMemory;
import io.github.sqlvdi.testing.Patience;
import io.github.sqlvdi.testing.QuickJvm;
import io.github.sqlvdi.testing.TestData;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What jobs that fail, are cancelled or are killed leave in a store, and what good ones have there. */
class S3JobsIT {

    private static final int MIB = 1 << 20;
    private static final String KEY = "test";

    private StubStore store;
    private Stores stores;

    @BeforeEach
    void open() throws IOException {
        System.setProperty("aws.accessKeyId", KEY);
        System.setProperty("aws.secretAccessKey", KEY);
        store = new StubStore();
        stores = new Stores();
    }

    @AfterEach
    void close() throws IOException {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        stores.close();
        store.close();
    }

    private List<String> names(int devices) {
        List<String> names = new ArrayList<>();
        for (int device = 1; device <= devices; device++) {
            names.add(store.name("sales-" + device + ".bak"));
        }
        return names;
    }

    private static List<byte[]> stripes(int devices, int bytes) {
        List<byte[]> stripes = new ArrayList<>();
        for (int device = 1; device <= devices; device++) {
            stripes.add(TestData.bytes(bytes, device));
        }
        return stripes;
    }

    private void assertNothingLeft() {
        assertEquals(List.of(), store.keys());
        assertEquals(0, store.openUploads());
    }

    @Test
    void objectsAreThereWhenTheServerHasItsVerdict() throws IOException {
        String set = TestData.setName();
        EmulatedServer server =
                EmulatedServer.backup(set).source(TestData.channel(stripes(1, 20 * MIB).getFirst())).build();
        List<String> atVerdict = new ArrayList<>();
        JobResult result = DeviceJob.backup(set).device(stores.writing(store.name("sales.bak"), WriteOptions.NEW))
                .statement(new SeenStatement(server, () -> atVerdict.addAll(store.keys()))).build().run();
        StoreJobs.assertGood(result);
        assertEquals(List.of("sales.bak"), atVerdict, "the emulated server waits for the answer to VDC_Complete");
        assertEquals(List.of("sales.bak", "sales.bak.manifest"), store.keys());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CompleteMultipartUpload", "UploadPart"})
    void refusedByTheStoreFailsAndLeavesNothing(String call) throws IOException {
        store.failing(it -> it.name().equals(call) && it.key().equals("sales-2.bak") ? Fault.refuse(507, "") : null);
        JobResult result = StoreJobs.backup(stores, names(2), stripes(2, 20 * MIB), WriteOptions.NEW);
        assertFalse(result.good());
        assertTrue(result.failures().toString().contains("no space left"), () -> result.failures().toString());
        assertNothingLeft();
    }

    @Test
    void failedStatementLeavesNothing() throws IOException {
        String set = TestData.setName();
        EmulatedServer server = EmulatedServer.backup(set).source(Channels.newChannel(new InputStream() {
            private int left = 20 * MIB;

            @Override
            public int read() throws IOException {
                if (left-- == 0) {
                    throw new IOException("the disk of the server is broken");
                }
                return 1;
            }
        })).build();
        JobResult result = DeviceJob.backup(set).device(stores.writing(store.name("x"), WriteOptions.NEW))
                .statement(server).build().run();
        assertFalse(result.good());
        assertNothingLeft();
    }

    @Test
    void cancelledJobLeavesNothing() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        store.failing(it -> {
            if (it.name().equals("UploadPart")) {
                sent.countDown();
                return Fault.of(Kind.HANG);
            }
            return null;
        });
        String set = TestData.setName();
        EmulatedServer server =
                EmulatedServer.backup(set).source(TestData.channel(TestData.bytes(64 * MIB, 1))).build();
        DeviceJob job =
                DeviceJob.backup(set).device(stores.writing(store.name("x"), WriteOptions.NEW)).statement(server)
                        .endTimeout(Duration.ofSeconds(1)).build();
        JobResult[] result = new JobResult[1];
        Thread runner = Thread.ofPlatform().start(() -> result[0] = job.run());
        sent.await();
        job.cancel();
        runner.join();
        assertFalse(result[0].good());
        assertNothingLeft();
    }

    @Test
    void killedBackupLeavesNoObjectAndALaterRunAbortsItsUpload() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        store.failing(it -> {
            if (it.name().equals("UploadPart")) {
                sent.countDown();
            }
            return null;
        });
        List<String> command = new ArrayList<>(QuickJvm.command());
        command.addAll(List.of("-Daws.accessKeyId=" + KEY, "-Daws.secretAccessKey=" + KEY,
                "--enable-native-access=ALL-UNNAMED", "-cp", classPath(), KilledBackup.class.getName(),
                store.name("killed.bak")));
        Process child = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            assertTrue(sent.await(Patience.SECONDS, TimeUnit.SECONDS));
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertEquals(List.of(), store.keys());
        assertEquals(1, store.openUploads());
        JobResult next = StoreJobs.backup(stores, List.of(store.name("killed.bak", "abandoned-after=0")),
                stripes(1, 6 * MIB), WriteOptions.NEW);
        StoreJobs.assertGood(next);
        assertEquals(List.of("killed.bak", "killed.bak.manifest"), store.keys());
        assertEquals(0, store.openUploads());
    }

    /** The classes of this JVM, which the modules of Maven's set-up have on two paths. */
    private static String classPath() {
        List<String> path = new ArrayList<>();
        for (String property : List.of("jdk.module.path", "java.class.path")) {
            String value = System.getProperty(property, "");
            if (!value.isEmpty()) {
                path.add(value);
            }
        }
        path.add(Path.of("target/test-classes").toAbsolutePath().toString());
        return String.join(File.pathSeparator, path);
    }

    @Test
    void damagedObjectFailsTheRestore() throws IOException {
        StoreJobs.assertGood(StoreJobs.backup(stores, names(2), stripes(2, 3 * MIB), WriteOptions.NEW));
        byte[] damaged = store.bytes("sales-2.bak");
        damaged[damaged.length / 2] ^= 1;
        store.put("sales-2.bak", damaged);
        JobResult result = StoreJobs.restore(stores, names(2), new ArrayList<>());
        assertFalse(result.good());
        assertTrue(result.failures().toString().contains("is damaged"), () -> result.failures().toString());
    }

    @Test
    void swappedAndShortenedObjectsAreFoundBeforeTheServerIsAsked() throws IOException {
        StoreJobs.assertGood(StoreJobs.backup(stores, names(2), stripes(2, 3 * MIB), WriteOptions.NEW));
        JobResult swapped = StoreJobs.restore(stores, names(2).reversed(), new ArrayList<>());
        assertTrue(swapped.failures().toString().contains("give the files in their order"),
                () -> swapped.failures().toString());
        store.put("sales-1.bak", new byte[10]);
        JobResult shortened = StoreJobs.restore(stores, names(2), new ArrayList<>());
        assertTrue(shortened.failures().toString().contains("it was shortened"), () -> shortened.failures().toString());
    }

    @Test
    void fourDevicesNeedLessThan96MiBOutsideTheHeap() throws IOException {
        List<byte[]> stripes = stripes(4, 20 * MIB);
        long before = DirectMemory.used();
        StoreJobs.assertGood(StoreJobs.backup(stores, names(4), stripes, WriteOptions.NEW));
        // the parts are kept for the next job, so the greatest use is still to be seen
        long used = DirectMemory.used() - before;
        assertTrue(used < 96 * MIB, () -> used + " bytes");
    }

    /** A backup whose data never ends. */
    static final class KilledBackup {

        private KilledBackup() {
        }

        public static void main(String... arguments) throws IOException {
            try (Stores stores = new Stores()) {
                Pipe endless = Pipe.open();
                Thread.ofPlatform().daemon().start(() -> {
                    try {
                        while (true) {
                            endless.sink().write(ByteBuffer.allocate(MIB));
                        }
                    } catch (IOException ended) {
                        System.exit(1);
                    }
                });
                String set = TestData.setName();
                DeviceJob.backup(set).device(stores.writing(arguments[0], WriteOptions.NEW))
                        .statement(EmulatedServer.backup(set).source(endless.source()).build()).build().run();
            }
        }
    }
}
