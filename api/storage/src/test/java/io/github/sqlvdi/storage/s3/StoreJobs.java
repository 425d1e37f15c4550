package io.github.sqlvdi.storage.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.emulator.EmulatedServer;
import io.github.sqlvdi.storage.store.Stores;
import io.github.sqlvdi.storage.store.WriteOptions;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.testing.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Whole backups and restores between the emulated server and names of a store. */
final class StoreJobs {

    private StoreJobs() {
    }

    static JobResult backup(Stores stores, List<String> names, List<byte[]> stripes, WriteOptions options)
            throws IOException {
        String set = TestData.setName();
        DeviceJob.Builder job = DeviceJob.backup(set);
        EmulatedServer.Builder server = EmulatedServer.backup(set);
        for (int device = 0; device < names.size(); device++) {
            server.source(TestData.channel(stripes.get(device)));
            job.device(stores.writing(names.get(device), options));
        }
        return job.statement(server.build()).build().run();
    }

    static JobResult restore(Stores stores, List<String> names, List<ByteArrayOutputStream> targets)
            throws IOException {
        String set = TestData.setName();
        DeviceJob.Builder job = DeviceJob.restore(set);
        EmulatedServer.Builder server = EmulatedServer.restore(set);
        for (int device = 0; device < names.size(); device++) {
            targets.add(new ByteArrayOutputStream());
            server.target(TestData.channel(targets.getLast()));
            job.device(stores.reading(names.get(device)));
        }
        return job.statement(server.build()).build().run();
    }

    static void assertRestores(Stores stores, List<String> names, List<byte[]> stripes) throws IOException {
        List<ByteArrayOutputStream> targets = new ArrayList<>();
        assertGood(restore(stores, names, targets));
        for (int device = 0; device < names.size(); device++) {
            byte[] restored = targets.get(device).toByteArray();
            assertArrayEquals(stripes.get(device), restored, names.get(device));
        }
    }

    static void assertGood(JobResult result) {
        assertTrue(result.good(), () -> result.failures().toString());
    }
}
