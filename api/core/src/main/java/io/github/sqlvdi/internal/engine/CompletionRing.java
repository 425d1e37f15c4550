package io.github.sqlvdi.internal.engine;

import java.lang.foreign.MemorySegment;

/**
 * The two ends of a device's completion ring. The client that opened the device writes, and the server's completion agent
 * reads. As in {@link CommandRing}, the read position need not be shared: there are never more unread completions than
 * outstanding commands.
 */
final class CompletionRing {
    private static final int KIND = 7;

    private CompletionRing() {}

    static long check(long key, int device, long turn, int tag, int code, int bytes, long position) {
        return CheckWord.of(
                key, CheckWord.place(KIND, device), turn, CheckWord.pair(tag, code), bytes, position);
    }

    /** The client's end; one thread at a time. */
    static final class Writer {
        private final MemorySegment memory;
        private final long key;
        private final int device;
        private final long tail;
        private final SharedEvent agentEvent;
        private final boolean pending;
        private long turn;

        Writer(SetMember member, int device) {
            this.memory = member.memory();
            this.key = member.key();
            this.device = device;
            this.tail = ControlLayout.device(device) + ControlLayout.COMPLETION_TAIL_OFFSET;
            this.agentEvent = member.agentEvent();
            this.pending = member.deviceCount() > ControlLayout.DEVICES_WITHOUT_PENDING;
        }

        void write(int tag, int code, int bytes, long position) {
            long record = ControlLayout.completionRecord(device, turn);
            Atomics.setInt(memory, record + ControlLayout.COMPLETION_TAG_OFFSET, tag);
            Atomics.setInt(memory, record + ControlLayout.COMPLETION_CODE_OFFSET, code);
            Atomics.setInt(memory, record + ControlLayout.COMPLETION_BYTES_OFFSET, bytes);
            Atomics.setLong(memory, record + ControlLayout.COMPLETION_POSITION_OFFSET, position);
            Atomics.setLong(
                    memory,
                    record + ControlLayout.COMPLETION_CHECK_OFFSET,
                    check(key, device, turn, tag, code, bytes, position));
            turn++;
            Atomics.setLongRelease(memory, tail, turn);
            Atomics.setLongVolatile(memory, record + ControlLayout.RECORD_NUMBER_OFFSET, turn); // before the event is read
            if (pending) {
                Atomics.orLong(memory, ControlLayout.PENDING_OFFSET, 1L << device); // after the record, before the event
            }
            agentEvent.signal();
        }

        /** Restores the tail if it was damaged. It does not wake the agent: an idle agent checks every tail periodically. */
        void mend() {
            Atomics.mend(memory, tail, turn);
        }
    }

    /** The agent's end. The fields hold the record read last. */
    static final class Reader {
        private final MemorySegment memory;
        private final long key;
        private final int device;
        private final long tail;
        private long turn;

        int tag;
        int code;
        int bytes;
        long position;

        Reader(SetMember member, int device) {
            this.memory = member.memory();
            this.key = member.key();
            this.device = device;
            this.tail = ControlLayout.device(device) + ControlLayout.COMPLETION_TAIL_OFFSET;
        }

        /** Reads the next record; see {@link CommandRing.Reader#read(boolean)}. */
        boolean read(boolean thorough) throws DamagedRegionException {
            long record = ControlLayout.completionRecord(device, turn);
            if (Atomics.getLongVolatile(memory, record + ControlLayout.RECORD_NUMBER_OFFSET) != turn + 1
                    && (!thorough || Atomics.getLongVolatile(memory, tail) == turn)) {
                return false;
            }
            tag = Atomics.getInt(memory, record + ControlLayout.COMPLETION_TAG_OFFSET);
            code = Atomics.getInt(memory, record + ControlLayout.COMPLETION_CODE_OFFSET);
            bytes = Atomics.getInt(memory, record + ControlLayout.COMPLETION_BYTES_OFFSET);
            position = Atomics.getLong(memory, record + ControlLayout.COMPLETION_POSITION_OFFSET);
            long check = Atomics.getLong(memory, record + ControlLayout.COMPLETION_CHECK_OFFSET);
            if (check != check(key, device, turn, tag, code, bytes, position)) {
                throw new DamagedRegionException("completion " + turn + " of device " + device + " failed its check");
            }
            turn++;
            return true;
        }
    }
}
