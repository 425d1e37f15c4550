package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.SharedRegion;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** A hostile process of a set: maps its control region and overwrites what it finds there. Not the data. */
public final class RegionMutator implements AutoCloseable {
    private static final long[] AREAS = {0, 2_048, ControlLayout.PROCESS_TABLE_OFFSET, 256,
        ControlLayout.AREA_TABLE_OFFSET, 128, ControlLayout.BUFFER_TABLE_OFFSET, 256,
        ControlLayout.device(0), 1_024 + 64 * 16, ControlLayout.device(1), 1_024 + 64 * 16,
        ControlLayout.device(0) + ControlLayout.COMPLETION_RING_OFFSET, 64 * 16,
        ControlLayout.device(1) + ControlLayout.COMPLETION_RING_OFFSET, 64 * 16,
        ControlLayout.device(0), ControlLayout.DEVICE_LENGTH, 0, ControlLayout.LENGTH};

    private final SharedRegion region;
    private final MemorySegment memory;
    private final Random random;

    private RegionMutator(SharedRegion region, Random random) {
        this.region = region;
        this.memory = region.memory();
        this.random = random;
    }

    public static RegionMutator of(String name, Random random) throws IOException {
        RegionKey key = Hosts.current().names().find("MSSQLSERVER", name);
        return new RegionMutator(Hosts.current().openRegion(key, ControlLayout.LENGTH), random);
    }

    /** @return how many mutations it made until the condition ended or there were enough */
    public int mutateWhile(BooleanSupplier alive, int most) {
        long start = random.nextInt(4) == 0 ? 0 : random.nextInt(300); // from the first step, or in the middle of the work
        while (alive.getAsBoolean()
                && Atomics.getLongVolatile(memory,
                        ControlLayout.device(0) + ControlLayout.COMMAND_TAIL_OFFSET) < start) {
            Thread.onSpinWait();
        }
        int made = 0;
        while (made < most && alive.getAsBoolean()) {
            mutate();
            made++;
            for (int pause = random.nextInt(500); pause > 0; pause--) {
                Thread.onSpinWait();
            }
        }
        return made;
    }

    private void mutate() {
        long offset = random.nextInt(3) == 0 ? inLiveRecord() : anywhere();
        switch (random.nextInt(5)) {
            case 0 -> memory.set(ValueLayout.JAVA_INT, offset, random.nextInt());
            case 1 -> memory.set(ValueLayout.JAVA_INT, offset, 0);
            case 2 -> memory.set(ValueLayout.JAVA_INT, offset,
                    memory.get(ValueLayout.JAVA_INT, offset) ^ 1 << random.nextInt(32));
            case 3 -> memory.set(ValueLayout.JAVA_INT, offset,
                    memory.get(ValueLayout.JAVA_INT, offset) + random.nextInt(5) - 2);
            default -> { // what was valid elsewhere: the neighbouring record
                long from = Math.min(offset / 64 * 64 + 64, ControlLayout.LENGTH - 64);
                MemorySegment.copy(memory, from, memory, offset / 64 * 64, 64);
            }
        }
    }

    /** Makes an abort as if it had never been. */
    void wipeAbort() {
        Atomics.setIntVolatile(memory, ControlLayout.ABORT_OFFSET, 0);
    }

    /** Makes a configuration as if it had never been published. */
    void wipePhase() {
        Atomics.setIntVolatile(memory, ControlLayout.PHASE_OFFSET, 0);
    }

    /** Changes a letter of the set's name. */
    public void damageName() {
        long letter = ControlLayout.SET_NAME_OFFSET + 16;
        Atomics.setIntVolatile(memory, letter, Atomics.getIntVolatile(memory, letter) ^ 1);
    }

    /** Makes the records of the first device as if none had been written. */
    void wipeNumbers() {
        for (int turn = 0; turn < ControlLayout.RING_RECORDS; turn++) {
            wipeLong(ControlLayout.commandRecord(0, turn) + ControlLayout.RECORD_NUMBER_OFFSET);
            wipeLong(ControlLayout.completionRecord(0, turn) + ControlLayout.RECORD_NUMBER_OFFSET);
        }
    }

    /** The same with its tails. */
    void wipeTails() {
        wipeLong(ControlLayout.device(0) + ControlLayout.COMMAND_TAIL_OFFSET);
        wipeLong(ControlLayout.device(0) + ControlLayout.COMPLETION_TAIL_OFFSET);
    }

    private void wipeLong(long offset) {
        Atomics.setLongVolatile(memory, offset, 0);
    }

    private long anywhere() {
        int area = random.nextInt(AREAS.length / 2) * 2;
        return AREAS[area] + random.nextLong(AREAS[area + 1] / 4) * 4;
    }

    /** A word of a record that was written a moment ago, so that it may not have been read yet. */
    private long inLiveRecord() {
        int device = random.nextInt(2);
        boolean command = random.nextBoolean();
        long tail = ControlLayout.device(device)
                + (command ? ControlLayout.COMMAND_TAIL_OFFSET : ControlLayout.COMPLETION_TAIL_OFFSET);
        long turn = Atomics.getLongVolatile(memory, tail) - random.nextInt(3);
        long record = command
                ? ControlLayout.commandRecord(device, turn)
                : ControlLayout.completionRecord(device, turn);
        return record + random.nextInt(10) * 4;
    }

    @Override
    public void close() {
        region.close();
    }
}
