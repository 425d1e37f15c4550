package io.github.sqlvdi.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.storage.store.StoredObject;
import io.github.sqlvdi.storage.store.Stores;
import io.github.sqlvdi.storage.store.WriteOptions;
import io.github.sqlvdi.stream.BackupTarget;
import io.github.sqlvdi.testing.TestData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/** A bucket that keeps versions, in a real S3 server. */
class S3VersionsIT {

    @TempDir
    Path folder;

    private Gateway gateway;
    private Stores stores;
    private SdkEventLoopGroup eventLoops;
    private S3AsyncClient client;

    @BeforeEach
    void open() throws IOException {
        gateway = Gateway.startVersioned(folder.resolve("data"));
        System.setProperty("aws.accessKeyId", Gateway.KEY);
        System.setProperty("aws.secretAccessKey", Gateway.SECRET);
        stores = new Stores();
        eventLoops = S3Clients.eventLoops();
        client = S3Clients.open(S3Settings.of(Map.of("endpoint", gateway.endpoint("127.0.0.1"))), eventLoops);
        S3Calls.await(client.putBucketVersioning(it -> it.bucket(Gateway.BUCKET)
                .versioningConfiguration(one -> one.status(BucketVersioningStatus.ENABLED))), "Enabling versions");
    }

    @AfterEach
    void close() throws IOException {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        if (client != null) {
            client.close();
        }
        if (eventLoops != null) {
            eventLoops.eventLoopGroup().shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
        if (stores != null) {
            stores.close();
        }
        if (gateway != null) {
            gateway.close();
        }
    }

    private BackupTarget begun(String key, int size, WriteOptions options) throws IOException {
        BackupTarget target = stores.target(gateway.name(key), options);
        target.begin();
        ByteBuffer bytes = ByteBuffer.wrap(TestData.bytes(size, size));
        while (bytes.hasRemaining()) {
            target.channel().write(bytes);
        }
        return target;
    }

    private ListObjectVersionsResponse versions() throws IOException {
        return S3Calls.await(client.listObjectVersions(it -> it.bucket(Gateway.BUCKET)), "Listing versions");
    }

    /** The sizes of all versions, current ones and others, by the order of the store: the newest of a key first. */
    private List<String> sizes() throws IOException {
        return versions().versions().stream().map(it -> it.key() + " " + it.size()).toList();
    }

    private List<Long> current(String key) throws IOException {
        return stores.list(gateway.name(key)).stream().map(StoredObject::size).toList();
    }

    @Test
    void backupComesBack() throws IOException {
        List<String> names = List.of(gateway.name("a.bak"), gateway.name("b.bak"));
        List<byte[]> stripes = List.of(TestData.bytes(12 << 20, 1), TestData.bytes(1_000, 2));
        StoreJobs.assertGood(StoreJobs.backup(stores, names, stripes, WriteOptions.NEW));
        StoreJobs.assertRestores(stores, names, stripes);
    }

    @Test
    void existingNameIsRefusedAtBeginAndAtFinish() throws IOException {
        BackupTarget late = begun("taken", 2_000, WriteOptions.NEW);
        begun("taken", 1_000, WriteOptions.NEW).keep();
        assertThrows(FileAlreadyExistsException.class, () -> begun("taken", 3_000, WriteOptions.NEW));
        assertThrows(FileAlreadyExistsException.class, late::finish);
        late.undo();
        assertEquals(List.of("taken 1000"), sizes());
        assertEquals(List.of(), versions().deleteMarkers());
    }

    @Test
    void undoneBackupLeavesNoVersion() throws IOException {
        for (int size : new int[]{1_000, 12 << 20}) {
            BackupTarget target = begun("undone", size, WriteOptions.NEW);
            target.finish();
            target.undo();
        }
        assertEquals(List.of(), sizes());
        assertEquals(List.of(), versions().deleteMarkers());
    }

    @Test
    void replacedContentStaysAsAVersionAndNothingElseDoes() throws IOException {
        begun("replaced", 1_000, WriteOptions.NEW).keep();
        begun("replaced", 2_000, WriteOptions.REPLACING).keep();
        BackupTarget undone = begun("replaced", 3_000, WriteOptions.REPLACING);
        undone.finish();
        undone.undo();
        assertEquals(List.of(2_000L), current("replaced"));
        assertEquals(List.of("replaced 2000", "replaced 1000"), sizes());
        assertEquals(List.of(), versions().deleteMarkers());
    }

    /** versitygw 1.8 refuses If-None-Match for a delete marker; S3 itself takes the name for free. */
    @Test
    void deletionLeavesAMarkerAndTheVersion() throws IOException {
        begun("deleted", 1_000, WriteOptions.NEW).keep();
        stores.delete(gateway.name("deleted"));
        assertEquals(List.of(), current("deleted"));
        assertEquals(List.of("deleted 1000"), sizes());
        assertEquals(1, versions().deleteMarkers().size());
        BackupTarget again = begun("deleted", 2_000, WriteOptions.NEW);
        try {
            again.finish();
            again.keep();
        } catch (FileAlreadyExistsException refusal) {
            again.undo();
            assertTrue(refusal.getMessage().contains("was deleted"), refusal.getMessage());
            begun("deleted", 2_000, WriteOptions.REPLACING).keep();
        }
        assertEquals(List.of(2_000L), current("deleted"));
        assertEquals(List.of("deleted 2000", "deleted 1000"), sizes());
    }
}
