package io.github.sqlvdi.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.jdbc.BackupSetFiles;
import io.github.sqlvdi.jdbc.BrokenChainException;
import io.github.sqlvdi.jdbc.ChainRestore;
import io.github.sqlvdi.jdbc.IncompleteBackupException;
import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.storage.Age;
import io.github.sqlvdi.storage.AgeStreams.Key;
import io.github.sqlvdi.storage.store.Stores;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.Pipeline;
import io.github.sqlvdi.stream.StoredStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores of backups that are compressed, encrypted and in a store, against the emulated SQL Server. */
class StoredChainTest {

    @TempDir
    private static Path folder;
    private static StubStore store;
    private static StoredChain chain;

    @BeforeAll
    static void backUp() throws Exception {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "secret");
        store = new StubStore();
        chain = new StoredChain(folder, store::name);
    }

    @AfterAll
    static void close() throws IOException {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        if (chain != null) {
            chain.close();
        }
        store.close();
    }

    @Test
    void mixedChainIsFoundBehindAPrefixAndRestored() throws Exception {
        List<StoredStream> streams = chain.streams();
        assertEquals(5, streams.size(), streams::toString);
        ChainRestore restore = chain.server.restoreChain("all").add(BackupSetFiles.group(streams));
        List<BackupSetFiles> sets = restore.sets();
        assertEquals(BackupType.FULL, sets.getFirst().header().type().orElseThrow());
        assertEquals(BackupType.LOG, sets.getLast().header().type().orElseThrow());
        assertEquals(List.of("s3://bucket/chain/full-1.zst.age", "s3://bucket/chain/full-2"),
                sets.getFirst().stripes().stream().map(StoredStream::name).toList());
        List<JobResult> results = restore.stopAt(sets.getLast().header().finish().orElseThrow()).run();
        results.getLast().orThrow();
        assertEquals("ONLINE", chain.emulated.state("all").orElseThrow());
        assertTrue(results.getFirst().storedBytes() < results.getFirst().bytes());
    }

    @Test
    void moveReadsTheHeadOfAnEncryptedObject() throws Exception {
        chain.server.restore("moved").moveFiles().noRecovery()
                .from(chain.stream("chain/full-1.zst.age"), chain.stream("chain/full-2")).run().orThrow();
        assertEquals("RESTORING", chain.emulated.state("moved").orElseThrow());
        chain.server.restore("moved").log().noRecovery().from(chain.stream("chain/log1.zst")).run().orThrow();
    }

    @Test
    void missingAndWrongKeysAreNamedWithTheObject() throws Exception {
        String object = "chain/full-1.zst.age";
        Key other = Key.create(folder, "other");
        try (Stores stores = new Stores();
                Pipeline wrong = StoredChain.readers(other);
                Pipeline none = Pipeline.builder().codec(Age.withoutKeys()).build()) {
            for (Pipeline pipeline : List.of(wrong, none)) {
                StoredStream stream = stores.stored(store.name(object)).through(pipeline);
                String message = assertThrows(IOException.class,
                        () -> chain.server.restore("x").moveFiles().from(stream, chain.stream("chain/full-2")))
                        .getMessage();
                assertTrue(message.contains("s3://bucket/" + object) && message.contains("age"), message);
                message = assertThrows(IOException.class, () -> BackupSetFiles.read(List.of(stream))).getMessage();
                assertTrue(message.contains("s3://bucket/" + object) && message.contains("age"), message);
                JobResult result = chain.server.restore("x").from(stream, chain.stream("chain/full-2")).run();
                assertTrue(!result.good() && result.failures().toString().contains("s3://bucket/" + object),
                        () -> result.failures().toString());
            }
        }
        assertTrue(chain.emulated.state("x").isEmpty() || !chain.emulated.state("x").get().equals("ONLINE"));
    }

    @Test
    void formatWithoutItsCodecIsNamed() throws Exception {
        try (Stores stores = new Stores()) {
            StoredStream plain = stores.stored(store.name("chain/log1.zst"));
            String message = assertThrows(IOException.class, () -> BackupSetFiles.read(List.of(plain))).getMessage();
            assertTrue(message.contains("s3://bucket/chain/log1.zst") && message.contains("Zstandard"), message);
        }
    }

    @Test
    void missingLinkIsNamed() throws Exception {
        List<StoredStream> streams = new ArrayList<>(chain.streams());
        streams.removeIf(stream -> stream.name().contains("diff") || stream.name().contains("log1"));
        String message = assertThrows(BrokenChainException.class,
                () -> chain.server.restoreChain("gap").add(BackupSetFiles.group(streams)).run()).getMessage();
        assertTrue(message.contains("A log backup is missing") && message.contains("log2"), message);
        streams.removeIf(stream -> stream.name().endsWith("full-2"));
        message = assertThrows(IncompleteBackupException.class, () -> BackupSetFiles.group(streams)).getMessage();
        assertTrue(message.contains("full-1.zst.age") && message.contains("family 2 is not there"), message);
        assertTrue(chain.emulated.state("gap").isEmpty());
    }

    @Test
    void damagedLinkIsNamedOrLeftAside() throws Exception {
        byte[] whole = store.bytes("chain/log1.zst");
        byte[] damaged = whole.clone();
        damaged[damaged.length / 2] ^= 1;
        store.put("damaged/log1.zst", damaged);
        store.put("damaged/cut.zst", java.util.Arrays.copyOf(whole, whole.length / 2));
        for (String name : List.of("damaged/log1.zst", "damaged/cut.zst")) {
            StoredStream stream = chain.stream(name);
            String message = assertThrows(IncompleteBackupException.class, () -> BackupSetFiles.read(List.of(stream)))
                    .getMessage();
            assertTrue(message.contains("s3://bucket/" + name), message);
        }
        List<StoredStream> streams = new ArrayList<>(chain.streams());
        streams.removeIf(stream -> stream.name().contains("diff"));
        streams.replaceAll(stream -> stream.name().contains("log1") ? damagedLog() : stream);
        List<String> aside = new ArrayList<>();
        List<BackupSetFiles> sets = BackupSetFiles.group(streams, unusable -> aside.add(unusable.getMessage()));
        assertEquals(1, aside.size(), aside::toString);
        assertTrue(aside.getFirst().contains("damaged/log1.zst"), aside::toString);
        String message = assertThrows(BrokenChainException.class,
                () -> chain.server.restoreChain("damaged").add(sets).run()).getMessage();
        assertTrue(message.contains("A log backup is missing"), message);
    }

    private static StoredStream damagedLog() {
        try {
            return chain.stream("damaged/log1.zst");
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
