package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.internal.engine.RegionField.Check;
import java.lang.foreign.MemorySegment;
import java.util.Locale;

/** Lists the content of one device's block for {@link RegionDump}. */
final class DeviceDump {

    /** How many records of completed commands are shown before the first one that is not completed. */
    private static final int RECORDS_BEFORE = 4;

    private final MemorySegment memory;
    private final long key;
    private final int device;
    private final long block;
    private final Sink sink;

    /** Receives the fields. */
    interface Sink {
        void add(String name, long offset, Object value, Check check);
    }

    DeviceDump(MemorySegment memory, long key, int device, Sink sink) {
        this.memory = memory;
        this.key = key;
        this.device = device;
        this.block = ControlLayout.device(device);
        this.sink = sink;
    }

    void read() {
        int state = number(block + ControlLayout.SERVER_STATE_OFFSET);
        sink.add("server state", block + ControlLayout.SERVER_STATE_OFFSET, switch (state) {
            case 0 -> "not open";
            case ControlLayout.DEVICE_OPEN -> "open";
            case ControlLayout.DEVICE_CLOSED -> "closed";
            default -> RegionDump.hex(state);
        }, Check.of(state == 0 || state == ControlLayout.DEVICE_OPEN || state == ControlLayout.DEVICE_CLOSED));
        if (state == ControlLayout.DEVICE_CLOSED) {
            long turn = word(block + ControlLayout.CLOSING_TURN_OFFSET);
            sink.add("commands sent when closed", block + ControlLayout.CLOSING_TURN_OFFSET, turn,
                    Check.of(word(block + ControlLayout.CLOSING_CHECK_OFFSET) == DeviceTable.closingCheck(key, device,
                            turn)));
        }
        owner();
        if (state != 0) {
            name();
        }
        long completed = word(block + ControlLayout.COMPLETION_TAIL_OFFSET);
        sink.add("commands sent", block + ControlLayout.COMMAND_TAIL_OFFSET,
                word(block + ControlLayout.COMMAND_TAIL_OFFSET), Check.NONE);
        sink.add("commands fetched", block + ControlLayout.COMMANDS_FETCHED_OFFSET,
                word(block + ControlLayout.COMMANDS_FETCHED_OFFSET), Check.NONE);
        sink.add("commands completed", block + ControlLayout.COMPLETION_TAIL_OFFSET, completed, Check.NONE);
        sink.add("command event", block + ControlLayout.COMMAND_EVENT_OFFSET,
                RegionDump.event(number(block + ControlLayout.COMMAND_EVENT_OFFSET)), Check.NONE);
        long first = Math.max(0, completed - RECORDS_BEFORE);
        for (long turn = first; turn < first + ControlLayout.RING_RECORDS; turn++) {
            command(turn);
        }
        for (long turn = first; turn < first + ControlLayout.RING_RECORDS; turn++) {
            completion(turn);
        }
    }

    private void owner() {
        long word = word(block + ControlLayout.CLIENT_OWNER_OFFSET);
        int slot = (int) word - 1;
        sink.add("client", block + ControlLayout.CLIENT_OWNER_OFFSET, word == 0 ? "none" : "slot " + slot,
                Check.of(word == 0 || slot >= 0 && slot < ControlLayout.PROCESS_SLOTS
                        && word == DeviceTable.owner(key, device, slot)));
    }

    private void name() {
        long offset = block + ControlLayout.DEVICE_NAME_OFFSET;
        try {
            sink.add("name", offset, SharedBlocks.readName(memory, offset, key), Check.VALID);
        } catch (DamagedRegionException e) {
            sink.add("name", offset, e.getMessage(), Check.DAMAGED);
        }
    }

    /** Shows the record of a turn, if it was written and not yet overwritten. */
    private void command(long turn) {
        long record = ControlLayout.commandRecord(device, turn);
        if (word(record + ControlLayout.RECORD_NUMBER_OFFSET) != turn + 1) {
            return;
        }
        int code = number(record + ControlLayout.COMMAND_CODE_OFFSET);
        int size = number(record + ControlLayout.COMMAND_SIZE_OFFSET);
        long position = word(record + ControlLayout.COMMAND_POSITION_OFFSET);
        int handle = number(record + ControlLayout.COMMAND_BUFFER_OFFSET);
        int tag = number(record + ControlLayout.COMMAND_TAG_OFFSET);
        sink.add("command " + turn, record,
                String.format(Locale.ROOT, "%s (%d), %,d bytes, position %,d, buffer 0x%08X, tag %d",
                        CommandCode.of(code).nativeName(), code, size, position, handle, tag),
                Check.of(word(record + ControlLayout.COMMAND_CHECK_OFFSET) == CommandRing.check(key, device, turn, code,
                        size, position, handle, tag)));
    }

    private void completion(long turn) {
        long record = ControlLayout.completionRecord(device, turn);
        if (word(record + ControlLayout.RECORD_NUMBER_OFFSET) != turn + 1) {
            return;
        }
        int tag = number(record + ControlLayout.COMPLETION_TAG_OFFSET);
        int code = number(record + ControlLayout.COMPLETION_CODE_OFFSET);
        int bytes = number(record + ControlLayout.COMPLETION_BYTES_OFFSET);
        long position = word(record + ControlLayout.COMPLETION_POSITION_OFFSET);
        sink.add("completion " + turn, record,
                String.format(Locale.ROOT, "tag %d, %s, %,d bytes, position %,d", tag, CompletionCodes.name(code),
                        bytes,
                        position),
                Check.of(word(record + ControlLayout.COMPLETION_CHECK_OFFSET) == CompletionRing.check(key, device, turn,
                        tag, code, bytes, position)));
    }

    private int number(long offset) {
        return Atomics.getIntVolatile(memory, offset);
    }

    private long word(long offset) {
        return Atomics.getLongVolatile(memory, offset);
    }
}
