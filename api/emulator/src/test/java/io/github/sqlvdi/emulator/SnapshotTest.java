package io.github.sqlvdi.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.PipeDevice;
import io.github.sqlvdi.stream.SnapshotHooks;
import io.github.sqlvdi.testing.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements WITH SNAPSHOT: what the client has of the metadata at each step (VDI reference 2.9, 2.10). */
class SnapshotTest {

    private static final int BLOCK = 512;

    private final ByteArrayOutputStream metadata = new ByteArrayOutputStream();
    private final List<String> steps = new ArrayList<>();

    private final SnapshotHooks hooks = new SnapshotHooks() {
        @Override
        public void prepareToFreeze() {
            steps.add("prepare at " + metadata.size());
        }

        @Override
        public void snapshot() {
            steps.add("snapshot at " + metadata.size());
        }

        @Override
        public void mountSnapshot() {
            steps.add("mount");
        }
    };

    private JobResult backup(byte[] stream, int features, SnapshotHooks chosen) {
        String set = TestData.setName();
        return DeviceJob.backup(set).config(VdiConfig.builder().features(features).build())
                .device(agreed -> chosen == null ? PipeDevice.writing(TestData.channel(metadata))
                        : PipeDevice.writing(TestData.channel(metadata), chosen))
                .statement(EmulatedServer.backup(set).source(TestData.channel(stream)).snapshot().build())
                .build().run();
    }

    @ParameterizedTest
    @CsvSource({"200000, 512", "512, 512", "100, 100", "0, 0"})
    void freezeComesAfterTheHeaderAndTheSnapshotAfterAllMetadata(int length, int header) {
        byte[] stream = TestData.bytes(length, length);
        JobResult result = backup(stream, Features.SNAPSHOT_PREPARE, hooks);
        assertTrue(result.good(), () -> result.failures().toString());
        assertEquals(List.of("prepare at " + header, "snapshot at " + length), steps);
        assertArrayEquals(stream, metadata.toByteArray());
    }

    @Test
    void freezeIsNotAnnouncedToAClientThatDidNotAsk() {
        assertTrue(backup(TestData.bytes(5 * BLOCK, 1), Features.LIKE_PIPE, hooks).good());
        assertEquals(List.of("snapshot at " + 5 * BLOCK), steps);
    }

    @Test
    void restoreMountsAfterTheMetadataWasRead() {
        byte[] stream = TestData.bytes(200_000, 3);
        String set = TestData.setName();
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        JobResult result = DeviceJob.restore(set)
                .device(agreed -> PipeDevice.reading(TestData.channel(stream), hooks))
                .statement(EmulatedServer.restore(set).target(TestData.channel(target)).snapshot().build())
                .build().run();
        assertTrue(result.good(), () -> result.failures().toString());
        assertEquals(List.of("mount"), steps);
        assertArrayEquals(stream, target.toByteArray());
    }

    @Test
    void clientWithoutHooksFailsTheStatement() {
        JobResult result = backup(TestData.bytes(BLOCK, 1), Features.LIKE_PIPE, null);
        assertFalse(result.good());
        assertTrue(result.failures().toString().contains("VDC_Snapshot needs snapshot hooks"), result::toString);
        assertTrue(result.failures().toString().contains("50(ERROR_NOT_SUPPORTED)"),
                () -> result.failures().toString());
    }

    @Test
    void refusedFreezeFailsTheStatementBeforeAnySnapshot() {
        SnapshotHooks refusing = new SnapshotHooks() {
            @Override
            public void prepareToFreeze() throws IOException {
                throw new IOException("another database is not ready");
            }

            @Override
            public void snapshot() {
                steps.add("snapshot");
            }

            @Override
            public void mountSnapshot() {
                steps.add("mount");
            }
        };
        JobResult result = backup(TestData.bytes(BLOCK, 1), Features.SNAPSHOT_PREPARE, refusing);
        assertFalse(result.good());
        assertTrue(result.failures().toString().contains("another database is not ready"));
        assertEquals(List.of(18210, 3271, 3013),
                result.verdict().orElseThrow().messages().stream().map(SqlMessage::number).toList());
        assertEquals(List.of(), steps);
    }

    @Test
    void diskLikeClientIsRefused() {
        assertEquals(3261,
                backup(TestData.bytes(BLOCK, 1), Features.LIKE_DISK, hooks).verdict().orElseThrow().messages()
                        .getFirst().number());
    }
}
