package io.github.sqlvdi.storage.s3;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.storage.store.Stores;
import io.github.sqlvdi.storage.store.WriteOptions;
import io.github.sqlvdi.stream.BackupTarget;
import io.github.sqlvdi.testing.TestData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups in a real S3 server that speaks https with a certificate of a private authority. */
class S3SecureIT {

    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

    @TempDir
    private static Path folder;
    private static Certificates certificates;
    private static Gateway gateway;

    @BeforeAll
    static void start() throws Exception {
        certificates = Certificates.make(folder);
        gateway = Gateway.startSecure(folder.resolve("data"), certificates);
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    @BeforeEach
    void giveCredentials() {
        System.setProperty("aws.accessKeyId", Gateway.KEY);
        System.setProperty("aws.secretAccessKey", Gateway.SECRET);
    }

    @AfterEach
    void clear() {
        for (String name : List.of("aws.accessKeyId", "aws.secretAccessKey", TRUST_STORE, TRUST_STORE_PASSWORD)) {
            System.clearProperty(name);
        }
    }

    private static void trust() {
        System.setProperty(TRUST_STORE, certificates.trustStore().toString());
        System.setProperty(TRUST_STORE_PASSWORD, Certificates.PASSWORD);
    }

    @Test
    void backupComesBackOverHttpsWithATrustedAuthority() throws IOException {
        trust();
        List<String> names = List.of(gateway.name("one.bak"), gateway.name("two.bak"));
        List<byte[]> stripes = List.of(TestData.bytes(20 << 20, 1), TestData.bytes(1_000, 2));
        try (Stores stores = new Stores()) {
            StoreJobs.assertGood(StoreJobs.backup(stores, names, stripes, WriteOptions.NEW));
            StoreJobs.assertRestores(stores, names, stripes);
        }
    }

    @Test
    void untrustedCertificateNamesTheTrustStoreToSet() throws IOException {
        String message = refusal(gateway.name("x"));
        assertTrue(message.contains("is not trusted") && message.contains(TRUST_STORE), message);
    }

    @Test
    void certificateOfAnotherHostIsToldSo() throws IOException {
        trust();
        String message = refusal("s3://" + Gateway.BUCKET + "/x?endpoint=" + gateway.endpoint("localhost"));
        assertTrue(message.contains("is not for this host"), message);
        assertFalse(message.contains(TRUST_STORE), message);
    }

    private static String refusal(String name) throws IOException {
        try (Stores stores = new Stores()) {
            BackupTarget target = stores.target(name, WriteOptions.NEW);
            return assertThrows(IOException.class, target::begin).getMessage();
        }
    }
}
