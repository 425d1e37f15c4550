package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.internal.engine.RegionField.Check;
import io.github.sqlvdi.internal.engine.host.Host;
import io.github.sqlvdi.internal.engine.host.SetEntry;
import io.github.sqlvdi.internal.engine.host.SharedRegion;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lists the fields of a control region with the result of each check. It only reads, does not join the set, and continues
 * after damage, because its purpose is to show damage. Other processes may change the region meanwhile: a check that fails
 * once may be a write in progress, a check that fails again is damage.
 */
public final class RegionDump {

    private final MemorySegment memory;
    private final long key;
    private final List<RegionField> fields = new ArrayList<>();
    private String section = "";

    private RegionDump(MemorySegment memory) {
        this.memory = memory;
        this.key = Atomics.getLong(memory, ControlLayout.KEY_OFFSET);
    }

    /**
     * The fields of one set.
     *
     * @param instance the instance of the set
     * @param name the set's name
     * @param fields the fields in the order of the region
     */
    public record Dump(String instance, String name, List<RegionField> fields) {
    }

    /** {@return the fields of the live sets of that name, at most one set for each instance} */
    public static List<Dump> of(String name) throws IOException {
        Host host = Hosts.current();
        List<Dump> dumps = new ArrayList<>();
        for (SetEntry entry : host.names().list()) {
            if (entry.name().equals(name)) {
                try (SharedRegion region = host.openRegion(entry.control(), ControlLayout.LENGTH)) {
                    RegionDump dump = new RegionDump(region.memory());
                    dump.read(entry);
                    dumps.add(new Dump(entry.instance(), entry.name(), List.copyOf(dump.fields)));
                }
            }
        }
        return dumps;
    }

    private void read(SetEntry entry) {
        section = "header";
        add("magic", ControlLayout.MAGIC_OFFSET, hex(word(ControlLayout.MAGIC_OFFSET)),
                Check.of(word(ControlLayout.MAGIC_OFFSET) == ControlLayout.MAGIC));
        int version = Atomics.getIntVolatile(memory, ControlLayout.VERSION_OFFSET);
        add("version", ControlLayout.VERSION_OFFSET, version, Check.of(version == ControlLayout.VERSION));
        add("devices", ControlLayout.DEVICE_COUNT_OFFSET, number(ControlLayout.DEVICE_COUNT_OFFSET));
        add("length", ControlLayout.LENGTH_OFFSET, word(ControlLayout.LENGTH_OFFSET),
                Check.of(word(ControlLayout.LENGTH_OFFSET) == ControlLayout.LENGTH));
        add("key", ControlLayout.KEY_OFFSET, hex(key));
        checked("check", ControlLayout.HEADER_CHECK_OFFSET, () -> SetHeader.read(memory, entry.control().set()));
        state();
        blocks();
        tables();
        int devices = Math.clamp(number(ControlLayout.DEVICE_COUNT_OFFSET), 0, ControlLayout.MAX_DEVICES);
        for (int device = 0; device < devices; device++) {
            section = "device " + device;
            new DeviceDump(memory, key, device, this::add).read();
        }
    }

    private void state() {
        section = "state";
        int abort = Atomics.getIntVolatile(memory, ControlLayout.ABORT_OFFSET);
        add("abort", ControlLayout.ABORT_OFFSET, abort == 0 ? "0" : abort + ", " + AbortWord.reason(abort));
        add("configuration event", ControlLayout.CONFIGURATION_EVENT_OFFSET,
                event(ControlLayout.CONFIGURATION_EVENT_OFFSET));
        int phase = number(ControlLayout.PHASE_OFFSET);
        add("phase", ControlLayout.PHASE_OFFSET, switch (phase) {
            case 0 -> "created";
            case ControlLayout.PHASE_CONNECTED -> "connected";
            case ControlLayout.PHASE_INITIALIZED -> "initialized";
            default -> hex(phase);
        }, Check.of(phase == 0 || phase == ControlLayout.PHASE_CONNECTED || phase == ControlLayout.PHASE_INITIALIZED));
        int configured = number(ControlLayout.PRIMARY_CONFIGURED_OFFSET);
        add("primary configured", ControlLayout.PRIMARY_CONFIGURED_OFFSET, configured != 0,
                Check.of(configured == 0 || configured == ControlLayout.PRIMARY_CONFIGURED));
        add("devices named", ControlLayout.DEVICES_NAMED_OFFSET, number(ControlLayout.DEVICES_NAMED_OFFSET));
        add("buffer areas", ControlLayout.AREA_COUNT_OFFSET, number(ControlLayout.AREA_COUNT_OFFSET));
        add("pending completions", ControlLayout.PENDING_OFFSET, hex(word(ControlLayout.PENDING_OFFSET)));
        add("agent event", ControlLayout.AGENT_EVENT_OFFSET, event(ControlLayout.AGENT_EVENT_OFFSET));
    }

    private void blocks() {
        section = "configuration";
        checked("requested", ControlLayout.REQUESTED_CONFIG_OFFSET,
                () -> SharedBlocks.readConfig(memory, ControlLayout.REQUESTED_CONFIG_OFFSET, key));
        if (number(ControlLayout.PHASE_OFFSET) == ControlLayout.PHASE_INITIALIZED) {
            checked("final", ControlLayout.FINAL_CONFIG_OFFSET,
                    () -> SharedBlocks.readConfig(memory, ControlLayout.FINAL_CONFIG_OFFSET, key));
        }
        checked("instance", ControlLayout.INSTANCE_NAME_OFFSET,
                () -> SharedBlocks.readName(memory, ControlLayout.INSTANCE_NAME_OFFSET, key));
        checked("name", ControlLayout.SET_NAME_OFFSET,
                () -> SharedBlocks.readName(memory, ControlLayout.SET_NAME_OFFSET, key));
    }

    private void tables() {
        section = "processes";
        for (int slot = 0; slot < ControlLayout.PROCESS_SLOTS; slot++) {
            long pid = word(ControlLayout.process(slot));
            if (pid != 0) {
                add("slot " + slot, ControlLayout.process(slot), "process " + pid + ", "
                        + SetMember.role(slot).name().toLowerCase(Locale.ROOT),
                        Check.of(ProcessHandle.of(pid).isPresent()));
            }
        }
        section = "buffer areas";
        for (int area = 0; area < ControlLayout.AREA_SLOTS; area++) {
            long entry = ControlLayout.area(area);
            long process = word(entry + ControlLayout.AREA_PROCESS_OFFSET);
            long handle = word(entry + ControlLayout.AREA_HANDLE_OFFSET);
            long bytes = word(entry + ControlLayout.AREA_SIZE_OFFSET);
            long check = word(entry + ControlLayout.AREA_CHECK_OFFSET);
            if ((process | handle | bytes | check) != 0) {
                add("area " + area, entry, String.format(Locale.ROOT, "%,d bytes, of process %d by handle %d", bytes,
                        process, handle), Check.of(check == BufferAreas.check(key, area, process, handle, bytes)));
            }
        }
        section = "buffers";
        for (int index = 0; index < ControlLayout.BUFFER_SLOTS; index++) {
            buffer(index, ControlLayout.buffer(index));
        }
    }

    private void buffer(int index, long entry) {
        int handle = Atomics.getIntVolatile(memory, entry + ControlLayout.BUFFER_HANDLE_OFFSET);
        if (handle != 0) {
            int area = number(entry + ControlLayout.BUFFER_AREA_OFFSET);
            long offset = word(entry + ControlLayout.BUFFER_OFFSET_OFFSET);
            int size = number(entry + ControlLayout.BUFFER_SIZE_OFFSET);
            add("buffer " + index, entry,
                    String.format(Locale.ROOT, "handle 0x%08X, %,d bytes at %,d of area %d", handle,
                            size, offset, area),
                    Check.of(BufferTable.index(handle) == index
                            && word(entry + ControlLayout.BUFFER_CHECK_OFFSET) == BufferTable.check(key, handle, area,
                                    offset, size)));
        }
    }

    private int number(long offset) {
        return Atomics.getIntVolatile(memory, offset);
    }

    private long word(long offset) {
        return Atomics.getLongVolatile(memory, offset);
    }

    private String event(long offset) {
        return event(number(offset));
    }

    static String event(int word) {
        return String.format(Locale.ROOT, "turn %d, %s", word & Integer.MAX_VALUE,
                SharedEvent.isArmed(word) ? "armed: a thread sleeps, or slept" : "no thread sleeps");
    }

    static String hex(long value) {
        return String.format(Locale.ROOT, "0x%X", value);
    }

    /** Reads a block with its check. */
    interface Reader {
        Object read() throws DamagedRegionException;
    }

    private void checked(String name, long offset, Reader reader) {
        try {
            add(name, offset, reader.read(), Check.VALID);
        } catch (DamagedRegionException e) {
            add(name, offset, e.getMessage(), Check.DAMAGED);
        }
    }

    private void add(String name, long offset, Object value) {
        add(name, offset, value, Check.NONE);
    }

    private void add(String name, long offset, Object value, Check check) {
        fields.add(new RegionField(section, name, offset, String.valueOf(value), check));
    }
}
