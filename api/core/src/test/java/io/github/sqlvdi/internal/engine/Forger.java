package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.SharedRegion;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * A hostile process of a set that knows the set's key: it writes wrong values whose check words are right. Not the data of the
 * buffers.
 */
public final class Forger implements AutoCloseable {
    private static final int AREA_KIND = 4;
    private static final int BUFFER_KIND = 5;
    private static final int COMMAND_KIND = 6;
    private static final int COMPLETION_KIND = 7;
    private static final int CLOSING_KIND = 8;
    private static final int OWNER_KIND = 9;
    private static final int CONFIG_KIND = 1;
    private static final int CONFIG_INTS = 11;
    private static final int[] EDGES = {0, 1, -1, 2, 3, 255, 256, 257, 511, 512, 1_000, 4_095, 4_096, 4_097, 65_535,
        65_536, 65_537, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE, -512, -65_536, 4_194_304, 4_194_305};
    private static final long[] LONG_EDGES = {0, 1, -1, 4_096, 65_536, -65_536, 1L << 31, 1L << 32, 1L << 40,
        (1L << 40) + 1, 1L << 46, (1L << 46) + 1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 65_536};

    private final SharedRegion region;
    private final MemorySegment memory;
    private final long key;
    private final Random random;

    private Forger(SharedRegion region, Random random) throws DamagedRegionException {
        this.region = region;
        this.memory = region.memory();
        this.key = SetHeader.read(memory, region.key().set()).key();
        this.random = random;
    }

    /** Maps the region of a live set of the default instance. */
    public static Forger of(String name, Random random) throws IOException {
        RegionKey control = Hosts.current().names().find("MSSQLSERVER", name);
        try {
            return new Forger(Hosts.current().openRegion(control, ControlLayout.LENGTH), random);
        } catch (DamagedRegionException e) {
            throw new IOException(e);
        }
    }

    /** Writes one 32-bit value of a configuration, by its place in VDConfig. */
    void config(boolean answer, int field, int value) {
        long offset = answer ? ControlLayout.FINAL_CONFIG_OFFSET : ControlLayout.REQUESTED_CONFIG_OFFSET;
        memory.set(ValueLayout.JAVA_INT, offset + 4L * field, value);
        MemorySegment block = memory.asSlice(offset, 4L * CONFIG_INTS);
        long check = CheckWord.of(key, CONFIG_KIND, 0, block.byteSize(), 0, 0);
        for (long i = 0; i < block.byteSize(); i += Short.BYTES) {
            check = CheckWord.of(key, CONFIG_KIND, i, check, block.get(ValueLayout.JAVA_SHORT_UNALIGNED, i), 0);
        }
        memory.set(ValueLayout.JAVA_LONG, offset + ControlLayout.CONFIG_CHECK_OFFSET, check);
    }

    VdiConfig requested() throws DamagedRegionException {
        return SharedBlocks.readConfig(memory, ControlLayout.REQUESTED_CONFIG_OFFSET, key);
    }

    /** Writes the size of an area, and where it is if a key is given. */
    void area(int area, RegionKey where, long bytes) {
        long entry = ControlLayout.area(area);
        long process = where != null ? where.process() : Atomics.getLong(memory, entry);
        long handle = where != null ? where.handle()
                : Atomics.getLong(memory, entry + ControlLayout.AREA_HANDLE_OFFSET);
        Atomics.setLong(memory, entry + ControlLayout.AREA_PROCESS_OFFSET, process);
        Atomics.setLong(memory, entry + ControlLayout.AREA_HANDLE_OFFSET, handle);
        Atomics.setLong(memory, entry + ControlLayout.AREA_SIZE_OFFSET, bytes);
        Atomics.setLong(memory, entry + ControlLayout.AREA_CHECK_OFFSET,
                CheckWord.of(key, CheckWord.place(AREA_KIND, area), 0, process, handle, bytes));
    }

    int bufferHandle(int index) {
        return Atomics.getInt(memory, ControlLayout.buffer(index));
    }

    void buffer(int index, int handle, int area, long offset, int size) {
        long entry = ControlLayout.buffer(index);
        Atomics.setInt(memory, entry + ControlLayout.BUFFER_AREA_OFFSET, area);
        Atomics.setLong(memory, entry + ControlLayout.BUFFER_OFFSET_OFFSET, offset);
        Atomics.setInt(memory, entry + ControlLayout.BUFFER_SIZE_OFFSET, size);
        Atomics.setLong(memory, entry + ControlLayout.BUFFER_CHECK_OFFSET, CheckWord.of(key,
                CheckWord.place(BUFFER_KIND, BufferTable.index(handle)), handle, area, offset, size));
        Atomics.setIntVolatile(memory, entry, handle);
    }

    /** Writes the state of a device without its check word, as damage would. */
    void state(int device, int state) {
        Atomics.setIntVolatile(memory, ControlLayout.device(device) + ControlLayout.SERVER_STATE_OFFSET, state);
    }

    /** Closes a device as the server would after so many commands. */
    void close(int device, long turn) {
        long block = ControlLayout.device(device);
        Atomics.setLong(memory, block + ControlLayout.CLOSING_TURN_OFFSET, turn);
        Atomics.setLong(memory, block + ControlLayout.CLOSING_CHECK_OFFSET, CheckWord.of(key,
                CheckWord.place(CLOSING_KIND, device), turn, ControlLayout.DEVICE_CLOSED, 0, 0));
        state(device, ControlLayout.DEVICE_CLOSED);
    }

    void owner(int device, int slot) {
        long check = CheckWord.of(key, CheckWord.place(OWNER_KIND, device), 0, slot, 0, 0);
        Atomics.setLongVolatile(memory, ControlLayout.device(device) + ControlLayout.CLIENT_OWNER_OFFSET,
                CheckWord.pair((int) check, slot + 1));
    }

    int abortWord() {
        return Atomics.getIntVolatile(memory, ControlLayout.ABORT_OFFSET);
    }

    private long tail(int device, long offset) {
        return Atomics.getLongVolatile(memory, ControlLayout.device(device) + offset);
    }

    void command(int device, long turn, int code, int size, long position, int handle, int tag) {
        long record = ControlLayout.commandRecord(device, turn);
        Atomics.setInt(memory, record + ControlLayout.COMMAND_CODE_OFFSET, code);
        Atomics.setInt(memory, record + ControlLayout.COMMAND_SIZE_OFFSET, size);
        Atomics.setLong(memory, record + ControlLayout.COMMAND_POSITION_OFFSET, position);
        Atomics.setInt(memory, record + ControlLayout.COMMAND_BUFFER_OFFSET, handle);
        Atomics.setInt(memory, record + ControlLayout.COMMAND_TAG_OFFSET, tag);
        Atomics.setLong(memory, record + ControlLayout.COMMAND_CHECK_OFFSET, CheckWord.of(key,
                CheckWord.place(COMMAND_KIND, device), turn, CheckWord.pair(code, size), position,
                CheckWord.pair(handle, tag)));
        Atomics.setLongVolatile(memory, record + ControlLayout.RECORD_NUMBER_OFFSET, turn + 1);
    }

    void completion(int device, long turn, int tag, int code, int bytes, long position) {
        long record = ControlLayout.completionRecord(device, turn);
        Atomics.setInt(memory, record + ControlLayout.COMPLETION_TAG_OFFSET, tag);
        Atomics.setInt(memory, record + ControlLayout.COMPLETION_CODE_OFFSET, code);
        Atomics.setInt(memory, record + ControlLayout.COMPLETION_BYTES_OFFSET, bytes);
        Atomics.setLong(memory, record + ControlLayout.COMPLETION_POSITION_OFFSET, position);
        Atomics.setLong(memory, record + ControlLayout.COMPLETION_CHECK_OFFSET, CheckWord.of(key,
                CheckWord.place(COMPLETION_KIND, device), turn, CheckWord.pair(tag, code), bytes, position));
        Atomics.setLongVolatile(memory, record + ControlLayout.RECORD_NUMBER_OFFSET, turn + 1);
    }

    /** @return how many values it forged until the condition ended or there were enough */
    public int forgeWhile(BooleanSupplier alive, int devices, int most) {
        long start = random.nextInt(4) == 0 ? 0 : random.nextInt(300);
        while (alive.getAsBoolean() && tail(0, ControlLayout.COMMAND_TAIL_OFFSET) < start) {
            Thread.onSpinWait();
        }
        int made = 0;
        while (made < most && alive.getAsBoolean()) {
            forge(random.nextInt(devices));
            made++;
            for (int pause = random.nextInt(2_000); pause > 0; pause--) {
                Thread.onSpinWait();
            }
        }
        return made;
    }

    private void forge(int device) {
        switch (random.nextInt(12)) {
            case 0 -> config(random.nextBoolean(), random.nextInt(CONFIG_INTS), edge());
            case 1 -> area(random.nextInt(2), null, longEdge());
            case 2 -> area(random.nextInt(2), new RegionKey(longEdge(), longEdge(), region.key().set()), longEdge());
            case 3, 4 -> {
                int index = random.nextInt(4);
                int handle = random.nextBoolean() ? bufferHandle(index) : edge();
                buffer(BufferTable.index(handle), handle, random.nextInt(4) == 0 ? edge() : 0,
                        random.nextBoolean() ? longEdge() : random.nextInt(1 << 20), edge());
            }
            case 5 -> state(device, random.nextBoolean() ? edge() : 0);
            case 6 -> close(device, tail(device, ControlLayout.COMMAND_TAIL_OFFSET) + random.nextInt(-2, 5));
            case 7 -> owner(device, random.nextInt(-1, ControlLayout.PROCESS_SLOTS + 1));
            case 8 -> command(device, tail(device, ControlLayout.COMMAND_TAIL_OFFSET) + random.nextInt(-1, 2),
                    random.nextInt(1, 20), edge(), longEdge(), random.nextBoolean() ? edge() : bufferHandle(0),
                    random.nextInt(-1, 258));
            case 9 -> completion(device, tail(device, ControlLayout.COMPLETION_TAIL_OFFSET) + random.nextInt(-1, 2),
                    random.nextInt(-1, 258), edge(), edge(), longEdge());
            case 10 -> { // counters that have no check word
                long[] words = {ControlLayout.device(device) + ControlLayout.COMMAND_TAIL_OFFSET,
                    ControlLayout.device(device) + ControlLayout.COMPLETION_TAIL_OFFSET, ControlLayout.PENDING_OFFSET};
                Atomics.setLongVolatile(memory, words[random.nextInt(words.length)], longEdge());
            }
            default -> {
                long[] words = {ControlLayout.PHASE_OFFSET, ControlLayout.DEVICES_NAMED_OFFSET,
                    ControlLayout.AREA_COUNT_OFFSET, ControlLayout.PRIMARY_CONFIGURED_OFFSET,
                    ControlLayout.DEVICE_COUNT_OFFSET};
                Atomics.setIntVolatile(memory, words[random.nextInt(words.length)], edge());
            }
        }
    }

    private int edge() {
        return random.nextInt(5) == 0 ? random.nextInt() : EDGES[random.nextInt(EDGES.length)];
    }

    private long longEdge() {
        return random.nextInt(5) == 0 ? random.nextLong() : LONG_EDGES[random.nextInt(LONG_EDGES.length)];
    }

    @Override
    public void close() {
        region.close();
    }
}
