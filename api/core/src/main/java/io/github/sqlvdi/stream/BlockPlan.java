package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.codec.StreamEncoder;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * How many blocks a device holds in memory, and whether it copies. With n devices on w workers a device needs w / n blocks
 * at a time to keep its share of the workers at work, one more that is written, and its share of some that are ready for the
 * workers: the device's thread, which begins new blocks, has to wait for a processor while workers use them all. If the VDI
 * buffers of the device hold fewer bytes than the blocks at work, the server would wait for the completion of buffers that
 * belong to one block, and only one worker would work. Then the device copies the buffers into blocks of its own and
 * completes them at once.
 *
 * @param blocks the greatest number of blocks of each codec
 * @param copying whether the device copies
 */
record BlockPlan(int blocks, boolean copying) {

    /** How many blocks of all devices together fill and wait for a worker, beside those at work. */
    private static final int READY_BLOCKS = 2;
    private static final long DEFAULT_MEMORY = 96L << 20;

    /**
     * Makes the plan of each device of a job.
     *
     * @param ofTargets bytes of memory that the targets of the job use; blocks get the rest of the default
     */
    static BlockPlan of(Pipeline pipeline, List<StreamEncoder> encoders, VdiConfig agreed, long ofTargets)
            throws IOException {
        if (encoders.isEmpty()) {
            return new BlockPlan(1, false);
        }
        int devices = Math.max(1, agreed.deviceCount());
        int share = (pipeline.workers() + devices - 1) / devices;
        int block = encoders.getFirst().blockBytes();
        boolean copying = share > 1 && agreed.bufferAreaSize() / devices < (long) share * block;
        long each = copying ? block : 0;
        for (StreamEncoder encoder : encoders) {
            each += encoder.encodedBytes(encoder.blockBytes()) + encoder.encoderBytes();
        }
        long memory = pipeline.memory().orElse(Math.max(DEFAULT_MEMORY - ofTargets, devices * each));
        long room = memory / devices / each;
        if (room < 1) {
            throw new IOException(String.format(Locale.ROOT,
                    "The pipeline may use %,d bytes of memory, but a block of each of the %d devices needs %,d: give it more",
                    memory, devices, devices * each));
        }
        int wanted = (pipeline.workers() + READY_BLOCKS + devices - 1) / devices + 1; // one is written
        return new BlockPlan((int) Math.min(room, wanted), copying);
    }
}
