package io.github.sqlvdi.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.sqlvdi.server.ServerExample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class PackageExamplesTest {

    @Test
    void examplesOfTheDocumentationBackUpEveryByte() throws Exception {
        byte[] data = new byte[1_000_000];
        new Random(1).nextBytes(data);
        String name = UUID.randomUUID().toString();
        FutureTask<Void> statement = new FutureTask<>(() -> {
            ServerExample.sendBackup(name, Channels.newChannel(new ByteArrayInputStream(data)));
            return null;
        });
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        ClientExample.storeBackup(name, () -> Thread.ofPlatform().daemon().start(statement),
                () -> !statement.isDone(), Channels.newChannel(stored));
        statement.get();
        assertArrayEquals(data, stored.toByteArray());
    }

    @Test
    void exampleDoesNotWaitForAStatementThatFailed() {
        assertThrows(IOException.class, () -> ClientExample.storeBackup(UUID.randomUUID().toString(), () -> {
        }, () -> false, Channels.newChannel(new ByteArrayOutputStream())));
    }
}
