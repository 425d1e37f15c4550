package io.github.sqlvdi.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.codec.BlockEncoder;
import io.github.sqlvdi.codec.StreamEncoder;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many blocks devices hold, and so how much memory a job takes. */
class BlockPlanTest {

    private static final int MIB = 1 << 20;

    /** An encoder whose blocks take 4 MiB of output and 6 MiB of their own. */
    private record Encoder() implements StreamEncoder {

        @Override
        public int blockBytes() {
            return 4 * MIB;
        }

        @Override
        public long encodedBytes(int bytes) {
            return bytes;
        }

        @Override
        public byte[] header() {
            return new byte[0];
        }

        @Override
        public long encoderBytes() {
            return 6L * MIB;
        }

        @Override
        public BlockEncoder blocks() {
            throw new UnsupportedOperationException("a plan encodes nothing");
        }

        @Override
        public void close() {
            // has nothing to free
        }
    }

    private static int blocks(Pipeline pipeline, int devices, long ofTargets) throws IOException {
        VdiConfig agreed = VdiConfig.builder().deviceCount(devices).bufferAreaSize(devices * 64 * MIB).buildAnswer();
        return BlockPlan.of(pipeline, List.of(new Encoder()), agreed, ofTargets).blocks();
    }

    @Test
    void memoryOfTheTargetsIsPartOfTheMemoryOfAJob() throws IOException {
        try (Pipeline pipeline = Pipeline.builder().workers(4).build()) {
            assertEquals(2, blocks(pipeline, 4, 0), "80 of 96 MiB");
            assertEquals(1, blocks(pipeline, 4, 48 * MIB), "40 of 48 MiB");
            assertEquals(7, blocks(pipeline, 1, 0), "one for each worker, two that are ready, one that is written");
            assertEquals(4, blocks(pipeline, 1, 48 * MIB), "40 of 48 MiB");
        }
    }

    @Test
    void eachDeviceHasABlockHoweverMuchTheTargetsTake() throws IOException {
        try (Pipeline pipeline = Pipeline.builder().workers(4).build()) {
            assertEquals(1, blocks(pipeline, 8, 64 * MIB));
            assertEquals(1, blocks(pipeline, 1, Long.MAX_VALUE));
        }
    }

    @Test
    void limitOfThePipelineIsForItsBlocksAlone() throws IOException {
        try (Pipeline pipeline = Pipeline.builder().workers(4).memory(80 * MIB).build()) {
            assertEquals(2, blocks(pipeline, 4, 64 * MIB));
            assertThrows(IOException.class, () -> blocks(pipeline, 9, 0));
        }
    }
}
