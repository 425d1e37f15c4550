package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.ConfigRules;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.internal.engine.host.RegionKey;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * A target for fuzzers: each input forges one value with a right check word in the control region of a set, and reads it as a
 * member does. The gate either refuses the value with a {@link DamagedRegionException} or returns one that the rules allow.
 * The entry {@link #fuzzerTestOneInput} is that of Jazzer and OSS-Fuzz; CONTRIBUTING.md has the command.
 */
public final class GateFuzz implements AutoCloseable {
    /** The kinds of value; the first byte of an input chooses one. */
    static final int KINDS = 9;

    private static final String NAME = "fuzz-" + ProcessHandle.current().pid();
    private static final int AREA_BYTES = 1 << 20;
    private static final int NAME_UNITS = 40;
    private static GateFuzz standing;

    private final VdiConfig request = VdiConfig.builder().deviceCount(2).prefixZoneSize(512).build();
    private final VdiConfig answer = request.toBuilder().alignment(4_096).blockSize(512).maxIoDepth(4)
            .maxTransferSize(65_536).buildAnswer();
    private final SetMember primary;
    private final Forger forger;
    private final RegionKey area;

    /** Makes the set and its buffer area. */
    GateFuzz() throws IOException {
        primary = SetMember.create(Hosts.current(), "MSSQLSERVER", NAME, request);
        SharedBlocks.writeConfig(primary.memory(), ControlLayout.FINAL_CONFIG_OFFSET, primary.key(), answer);
        primary.areas().create(AREA_BYTES);
        long entry = ControlLayout.area(0);
        area = new RegionKey(Atomics.getLong(primary.memory(), entry + ControlLayout.AREA_PROCESS_OFFSET),
                Atomics.getLong(primary.memory(), entry + ControlLayout.AREA_HANDLE_OFFSET), primary.identity());
        forger = Forger.of(NAME, new Random(0));
    }

    /** Runs one input of a fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (standing == null) {
            standing = new GateFuzz();
        }
        standing.run(input);
    }

    /**
     * Forges and reads the value of one input; throws if the gate lets a wrong value through, or fails otherwise than it
     * should. Inputs that are too short are filled with zeros.
     *
     * @return whether the gate let the value through
     */
    boolean run(byte[] input) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(64);
        in.put(input, 0, Math.min(input.length, in.capacity())).rewind();
        try {
            forgeAndRead(Byte.toUnsignedInt(in.get()) % KINDS, in);
            return true;
        } catch (DamagedRegionException refused) {
            return false;
        } finally {
            mend();
        }
    }

    private void forgeAndRead(int kind, ByteBuffer in) throws DamagedRegionException {
        switch (kind) {
            case 0 -> request(field(in), in.getInt());
            case 1 -> answer(field(in), in.getInt());
            case 2 -> buffer(in.getInt(), in.get(), in.getLong(), in.getInt());
            case 3 -> area(in.get() % 2 == 0 ? area : new RegionKey(in.getLong(), in.getLong(), area.set()),
                    in.getLong());
            case 4 -> closing(in.getInt(), in.getLong());
            case 5 -> owner(in.getInt(), in.getLong());
            case 6 -> command(in.getInt(), in.getInt(), in.getLong(), in.getInt(), in.getInt());
            case 7 -> completion(in.getInt(), in.getInt(), in.getInt(), in.getLong());
            default -> name(in.getInt(), in);
        }
    }

    private static int field(ByteBuffer in) {
        return Byte.toUnsignedInt(in.get()) % 11;
    }

    private void request(int field, int value) throws DamagedRegionException {
        forger.config(false, field, value);
        VdiConfig read = SharedBlocks.readRequest(primary.memory(), primary.header());
        require(ConfigRules.requestProblem(read).isEmpty() && read.deviceCount() == 2, "a request " + read);
    }

    private void answer(int field, int value) throws DamagedRegionException {
        forger.config(true, field, value);
        VdiConfig read = SharedBlocks.readAnswer(primary.memory(), primary.key(), request);
        require(ConfigRules.answerProblem(read.blockSize(), read.alignment(), read.maxTransferSize()).isEmpty()
                && read.alignment() > 0 && read.prefixZoneSize() == request.prefixZoneSize(), "an answer " + read);
    }

    private void buffer(int handle, int number, long offset, int size) throws DamagedRegionException {
        forger.buffer(BufferTable.index(handle), handle, number, offset, size);
        BufferTable table = new BufferTable(primary, answer);
        long address = table.resolve(handle);
        if (address != 0) {
            long start = address - primary.areas().region(0).address();
            require(number == 0 && start >= answer.prefixZoneSize() && start % answer.alignment() == 0
                    && table.size(handle) == size && size > 0 && size <= answer.maxTransferSize()
                    && start + size <= AREA_BYTES,
                    "a buffer of " + size + " bytes at " + offset + " of area " + number);
        }
    }

    private void area(RegionKey where, long bytes) throws DamagedRegionException {
        forger.area(0, where, bytes);
        try (BufferAreas areas = new BufferAreas(primary)) {
            require(areas.region(0).byteSize() == bytes && bytes > 0, "an area of " + bytes + " bytes");
        }
    }

    private void closing(int state, long sent) throws DamagedRegionException {
        forger.close(0, sent);
        if (state % 2 != 0) {
            forger.state(0, state);
        }
        long read = primary.devices().closingTurn(0);
        require(read >= -1 && (read == -1 || read == sent), "a closing after " + read);
    }

    private void owner(int slot, long word) throws DamagedRegionException {
        forger.owner(0, slot);
        if (word % 2 != 0) {
            Atomics.setLongVolatile(primary.memory(), ControlLayout.device(0) + ControlLayout.CLIENT_OWNER_OFFSET,
                    word);
        }
        int read = primary.devices().owner(0);
        require(read >= -1 && read < ControlLayout.PROCESS_SLOTS, "an owner in slot " + read);
    }

    private void command(int code, int size, long position, int handle, int tag) throws DamagedRegionException {
        forger.command(0, 0, code, size, position, handle, tag);
        CommandRing.Reader reader = new CommandRing.Reader(primary, 0);
        require(reader.read(true) && reader.code == code && reader.size == size && reader.position == position
                && reader.handle == handle && reader.tag == tag, "a command other than the one written");
    }

    private void completion(int tag, int code, int bytes, long position) throws DamagedRegionException {
        forger.completion(0, 0, tag, code, bytes, position);
        CompletionRing.Reader reader = new CompletionRing.Reader(primary, 0);
        require(reader.read(true) && reader.tag == tag && reader.code == code && reader.bytes == bytes
                && reader.position == position, "a completion other than the one written");
    }

    private void name(int length, ByteBuffer in) throws DamagedRegionException {
        long offset = ControlLayout.device(0) + ControlLayout.DEVICE_NAME_OFFSET;
        char[] units = new char[Math.floorMod(length, NAME_UNITS)];
        for (int i = 0; i < units.length; i++) {
            units[i] = in.remaining() < Character.BYTES ? 'x' : in.getChar();
        }
        String written = new String(units);
        SharedBlocks.writeName(primary.memory(), offset, primary.key(), written);
        if (length < 0 || length > NAME_UNITS) {
            primary.memory().set(ValueLayout.JAVA_INT, offset, length);
        }
        String read = SharedBlocks.readName(primary.memory(), offset, primary.key());
        require(read.equals(written), "a name of " + read.length() + " units");
    }

    /** Restores the values on which the next input builds. */
    private void mend() {
        SharedBlocks.writeConfig(primary.memory(), ControlLayout.REQUESTED_CONFIG_OFFSET, primary.key(), request);
        SharedBlocks.writeConfig(primary.memory(), ControlLayout.FINAL_CONFIG_OFFSET, primary.key(), answer);
        forger.area(0, area, AREA_BYTES);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("the gate let through " + what);
        }
    }

    @Override
    public void close() {
        forger.close();
        primary.close();
    }
}
