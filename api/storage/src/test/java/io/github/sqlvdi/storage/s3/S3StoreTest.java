package io.github.sqlvdi.storage.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.storage.s3.StubStore.Fault;
import io.github.sqlvdi.storage.s3.StubStore.Kind;
import io.github.sqlvdi.storage.store.StoreLocation;
import io.github.sqlvdi.storage.store.StoredObject;
import io.github.sqlvdi.storage.store.Stores;
import io.github.sqlvdi.storage.store.WriteOptions;
import io.github.sqlvdi.stream.BackupSource;
import io.github.sqlvdi.stream.BackupTarget;
import io.github.sqlvdi.testing.TestData;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets and sources of S3 against a store that fails as the test asks. */
class S3StoreTest {

    private static final int MIB = 1 << 20;
    private static final String SMALL_PARTS = "part-size=5M";
    /** The second attempt comes within a second. */
    private static final String TWO_ATTEMPTS = "attempts=2";
    private static final byte[] LARGE = TestData.bytes(17 * MIB + 5, 1);
    private static final byte[] SMALL = TestData.bytes(1_000, 2);

    private StubStore store;
    private Stores stores;

    @BeforeEach
    void open() throws IOException {
        // the SDK's chain of credentials looks here first
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "secret");
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

    private BackupTarget target(String key, WriteOptions options) throws IOException {
        return stores.target(store.name(key, SMALL_PARTS), options);
    }

    private static void write(BackupTarget target, byte[] bytes) throws IOException {
        ByteBuffer direct = ByteBuffer.allocateDirect(MIB);
        for (int start = 0; start < bytes.length; start += MIB) {
            direct.clear().put(bytes, start, Math.min(MIB, bytes.length - start)).flip();
            while (direct.hasRemaining()) {
                target.channel().write(direct);
            }
        }
    }

    private BackupTarget finished(String key, byte[] bytes, WriteOptions options) throws IOException {
        BackupTarget target = target(key, options);
        target.begin();
        write(target, bytes);
        target.finish();
        return target;
    }

    private byte[] read(String key) throws IOException {
        try (BackupSource source = stores.source(store.name(key, SMALL_PARTS))) {
            source.begin();
            ByteBuffer all = ByteBuffer.allocate((int) source.size() + 1);
            while (source.channel().read(all) >= 0) {
                // until the end
            }
            return Arrays.copyOf(all.array(), all.position());
        }
    }

    private void assertNothingLeft() {
        assertEquals(List.of(), store.keys());
        assertEquals(0, store.openUploads());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 5 * MIB - 1, 5 * MIB, 5 * MIB + 1, 10 * MIB, 17 * MIB + 5})
    void contentOfEachSizeComesBack(int size) throws IOException {
        byte[] bytes = TestData.bytes(size, size);
        finished("a/b c+d.bak", bytes, WriteOptions.NEW).keep();
        assertArrayEquals(bytes, store.bytes("a/b c+d.bak"));
        assertArrayEquals(bytes, read("a/b c+d.bak"));
        assertEquals(0, store.openUploads());
    }

    @Test
    void smallContentNeedsFewRequests() throws IOException {
        finished("small", SMALL, WriteOptions.NEW).keep();
        assertEquals(List.of("HeadObject", "ListMultipartUploads", "CreateMultipartUpload", "UploadPart",
                "CompleteMultipartUpload"), store.calls());
    }

    @Test
    void missingBucketIsFoundAtBegin() {
        IOException failure = assertThrows(IOException.class,
                () -> stores.target(store.name("x").replace("s3://bucket/", "s3://other/"), WriteOptions.NEW).begin());
        assertTrue(failure.getMessage().contains("Create the bucket"), failure::getMessage);
    }

    @Test
    void missingRightIsFoundAtBegin() {
        store.failing(call -> Fault.refuse(403, "AccessDenied"));
        IOException failure = assertThrows(IOException.class, () -> target("x", WriteOptions.NEW).begin());
        assertTrue(
                failure.getMessage().contains("AccessDenied") && failure.getMessage().contains("Check the credentials"),
                failure::getMessage);
    }

    @Test
    void existingObjectIsNotReplaced() {
        store.put("x", SMALL);
        assertThrows(FileAlreadyExistsException.class, () -> target("x", WriteOptions.NEW).begin());
        assertArrayEquals(SMALL, store.bytes("x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 12 * MIB})
    void secondOfTwoThatFinishFailsAndLeavesTheFirst(int size) throws IOException {
        byte[] bytes = TestData.bytes(size, 9);
        BackupTarget second = target("x", WriteOptions.NEW);
        second.begin();
        write(second, LARGE);
        BackupTarget first = finished("x", bytes, WriteOptions.NEW);
        assertThrows(FileAlreadyExistsException.class, second::finish);
        second.undo();
        first.keep();
        assertArrayEquals(bytes, store.bytes("x"));
        assertEquals(0, store.openUploads());
    }

    @Test
    void oldObjectIsThereUntilTheNewOneIsKept() throws IOException {
        store.put("x", SMALL);
        BackupTarget target = finished("x", LARGE, WriteOptions.REPLACING);
        assertArrayEquals(SMALL, store.bytes("x"));
        target.keep();
        assertEquals(List.of("x"), store.keys());
        assertArrayEquals(LARGE, store.bytes("x"));
    }

    @Test
    void undoOfAReplacementKeepsTheOldObject() throws IOException {
        store.put("x", SMALL);
        finished("x", LARGE, WriteOptions.REPLACING).undo();
        assertEquals(List.of("x"), store.keys());
        assertArrayEquals(SMALL, store.bytes("x"));
    }

    @Test
    void undoAtEachStageLeavesNothing() throws IOException {
        target("x", WriteOptions.NEW).undo();
        BackupTarget begun = target("x", WriteOptions.NEW);
        begun.begin();
        begun.undo();
        BackupTarget written = target("x", WriteOptions.NEW);
        written.begin();
        write(written, LARGE);
        written.undo();
        finished("x", LARGE, WriteOptions.NEW).undo();
        finished("x", SMALL, WriteOptions.NEW).undo();
        assertNothingLeft();
    }

    @Test
    void undoDeletesNoObjectOfAnother() throws IOException {
        BackupTarget target = finished("x", LARGE, WriteOptions.NEW);
        store.put("x", SMALL);
        target.undo();
        assertArrayEquals(SMALL, store.bytes("x"));
    }

    @Test
    void contentOfUnknownOutcomeHasAnotherName() throws IOException {
        Optional<String> place = finished("x", LARGE, WriteOptions.NEW).leave();
        assertEquals(1, store.keys().size());
        assertTrue(store.keys().getFirst().startsWith("x.unconfirmed-"), () -> store.keys().toString());
        assertTrue(place.orElseThrow().endsWith(store.keys().getFirst()), place::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CompleteMultipartUpload", "UploadPart", "CreateMultipartUpload"})
    void lostAnswerIsNoFailure(String call) throws IOException {
        AtomicInteger lost = new AtomicInteger();
        store.failing(it -> it.name().equals(call) && lost.getAndIncrement() == 0 ? Fault.of(Kind.DROP_ANSWER) : null);
        finished("x", LARGE, WriteOptions.NEW).keep();
        assertTrue(lost.get() > 0);
        assertArrayEquals(LARGE, store.bytes("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CUT_REQUEST", "REFUSE"})
    void shortTroubleIsNoFailure(String kind) throws IOException {
        AtomicInteger parts = new AtomicInteger();
        store.failing(it -> it.name().equals("UploadPart") && parts.getAndIncrement() % 2 == 0
                ? new Fault(Kind.valueOf(kind), 503, "SlowDown") : null);
        finished("x", LARGE, WriteOptions.NEW).keep();
        assertArrayEquals(LARGE, store.bytes("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UploadPart", "CompleteMultipartUpload"})
    void lastingTroubleFailsAndLeavesNothing(String call) throws IOException {
        AtomicInteger refused = new AtomicInteger();
        store.failing(it -> {
            if (it.name().equals(call)) {
                refused.incrementAndGet();
                return Fault.refuse(503, "SlowDown");
            }
            return null;
        });
        BackupTarget target = stores.target(store.name("x", SMALL_PARTS, TWO_ATTEMPTS, "parallel=1"), WriteOptions.NEW);
        target.begin();
        IOException failure = assertThrows(IOException.class, () -> {
            write(target, LARGE);
            target.finish();
        });
        assertTrue(failure.getMessage().contains("overloaded"), failure::getMessage);
        assertTrue(refused.get() >= 2, "it was sent only once");
        target.undo();
        assertNothingLeft();
    }

    @Test
    void fullStoreSaysThatNoSpaceIsLeft() throws IOException {
        store.failing(it -> it.name().equals("UploadPart") ? Fault.refuse(400, "QuotaExceeded") : null);
        BackupTarget target = target("x", WriteOptions.NEW);
        target.begin();
        IOException failure = assertThrows(IOException.class, () -> {
            write(target, LARGE);
            target.finish();
        });
        assertTrue(failure.getMessage().contains("no space left"), failure::getMessage);
        target.undo();
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 17 * MIB})
    void damagedBytesAreRefused(int size) throws IOException {
        store.failing(
                it -> it.name().equals("UploadPart") ? Fault.of(Kind.DAMAGE) : null);
        BackupTarget target = target("x", WriteOptions.NEW);
        target.begin();
        IOException failure = assertThrows(IOException.class, () -> {
            write(target, TestData.bytes(size, 3));
            target.finish();
        });
        assertTrue(failure.getMessage().contains("BadDigest"), failure::getMessage);
        target.undo();
        assertNothingLeft();
    }

    @Test
    void storeThatDoesNotAnswerFailsAfterTheTimeout() throws IOException {
        // every request: which one meets the time-out first does not depend on the speed of the machine
        store.failing(it -> Fault.of(Kind.HANG));
        BackupTarget target = stores.target(store.name("x", "timeout=PT0.2S", TWO_ATTEMPTS), WriteOptions.NEW);
        IOException failure = assertThrows(IOException.class, target::begin);
        assertTrue(failure.getMessage().contains("timeout"), failure::getMessage);
        target.undo();
        assertNothingLeft();
    }

    @Test
    void whatMustBeTakenBackIsTakenBackInAnInterruptedThread() throws Exception {
        BackupTarget target = target("x", WriteOptions.NEW);
        target.begin();
        write(target, LARGE);
        target.finish();
        Thread.currentThread().interrupt();
        try {
            target.undo();
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertNothingLeft();
    }

    @Test
    void interruptEndsTheWaitForTheStore() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        store.failing(it -> {
            if (it.name().equals("UploadPart")) {
                hanging.countDown();
                return Fault.of(Kind.HANG);
            }
            return null;
        });
        BackupTarget target = target("x", WriteOptions.NEW);
        target.begin();
        IOException[] failure = new IOException[1];
        Thread device = Thread.ofPlatform().start(() -> {
            try {
                write(target, LARGE);
                target.finish();
            } catch (IOException expected) {
                failure[0] = expected;
            }
        });
        hanging.await();
        device.interrupt();
        device.join();
        assertTrue(failure[0] instanceof InterruptedIOException, () -> String.valueOf(failure[0]));
        target.undo();
        assertNothingLeft();
    }

    @Test
    void brokenConnectionIsReadAgain() throws IOException {
        store.put("x", LARGE);
        AtomicInteger ranges = new AtomicInteger();
        store.failing(it -> it.name().equals("GetObject") && ranges.getAndIncrement() % 2 == 0
                ? Fault.of(Kind.CUT_RESPONSE) : null);
        assertArrayEquals(LARGE, read("x"));
    }

    @Test
    void replacedObjectIsNoticedWhileItIsRead() throws IOException {
        store.put("x", LARGE);
        try (BackupSource source = stores.source(store.name("x", SMALL_PARTS, "parallel=1"))) {
            source.begin();
            store.put("x", LARGE);
            IOException failure = assertThrows(IOException.class, () -> source.channel().read(ByteBuffer.allocate(10)));
            assertTrue(failure.getMessage().contains("was replaced or deleted"), failure::getMessage);
        }
    }

    @Test
    void missingObjectIsTold() {
        IOException failure = assertThrows(IOException.class, () -> read("nothing"));
        assertTrue(failure.getMessage().contains("no such object"), failure::getMessage);
    }

    @Test
    void openUploadOfAKilledBackupIsAborted() throws IOException {
        BackupTarget killed = target("folder/x", WriteOptions.NEW);
        killed.begin();
        write(killed, LARGE);
        assertEquals(List.of(), stores.cleanUp(store.name("folder/"), Duration.ofHours(1)));
        assertEquals(List.of(), stores.cleanUp(store.name("other/"), Duration.ZERO));
        assertEquals(1, store.openUploads());
        assertEquals(1, stores.cleanUp(store.name("folder/"), Duration.ZERO).size());
        assertNothingLeft();
    }

    @Test
    void nextBackupOfTheNameAbortsWhatAKilledOneLeft() throws IOException {
        target("x", WriteOptions.NEW).begin();
        target("x2", WriteOptions.NEW).begin();
        BackupTarget next = stores.target(store.name("x", "abandoned-after=0"), WriteOptions.NEW);
        next.begin();
        assertEquals(2, store.openUploads(), "its own, and that of x2");
        next.undo();
        assertEquals(1, store.openUploads());
    }

    @Test
    void objectsAreListedAndDeleted() throws IOException {
        store.put("a/1", SMALL);
        store.put("a/2", LARGE);
        store.put("b/1", SMALL);
        List<StoredObject> found = stores.list(store.name("a/"));
        assertEquals(List.of("s3://bucket/a/1", "s3://bucket/a/2"),
                found.stream().map(it -> it.location().toString()).toList());
        assertEquals(LARGE.length, found.get(1).size());
        StoreLocation second = found.get(1).location();
        stores.of(second).delete(second);
        stores.delete(store.name("a/2"));
        assertEquals(List.of("a/1", "b/1"), store.keys());
    }

    @Test
    void wrongParameterIsRefused() {
        for (String parameter : List.of("colour=red", "part-size=1M", "part-size=x", "parallel=0", "endpoint=nowhere",
                "path-style=maybe", "timeout=0", "timeout=-1", "memory=0", "attempts=0", "attempts=21")) {
            IllegalArgumentException failure = assertThrows(IllegalArgumentException.class,
                    () -> stores.target(store.name("x", parameter), WriteOptions.NEW), parameter);
            assertTrue(failure.getMessage().contains(parameter.substring(0, parameter.indexOf('='))),
                    failure::getMessage);
        }
    }
}
