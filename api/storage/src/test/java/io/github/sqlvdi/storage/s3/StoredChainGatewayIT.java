package io.github.sqlvdi.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.jdbc.BackupSetFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mixed chain of backups in a real S3 server. */
class StoredChainGatewayIT {

    @TempDir
    private Path folder;

    @Test
    void mixedChainBehindAPrefixIsRestored() throws Exception {
        try (Gateway gateway = Gateway.start(folder.resolve("data"))) {
            System.setProperty("aws.accessKeyId", Gateway.KEY);
            System.setProperty("aws.secretAccessKey", Gateway.SECRET);
            try (StoredChain chain = new StoredChain(folder, gateway::name)) {
                chain.server.restoreChain("all").add(BackupSetFiles.group(chain.streams())).run().getLast().orThrow();
                assertEquals("ONLINE", chain.emulated.state("all").orElseThrow());
            }
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }
}
