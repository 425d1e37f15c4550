package io.github.sqlvdi.internal.engine;

import java.lang.foreign.MemorySegment;

/**
 * The two ends of a device's completion ring: the client that opened the device writes, the server's completion agent
 * reads. As in {@link CommandRing} no read position is shared: there are never more completions than outstanding commands.
 */
final class CompletionRing {
    private static final int KIND = 7;

    private CompletionRing() {}

    private static long check(long key, int device, long turn, int tag, int code, int bytes, long position) {
        return CheckWord.of(
                key, CheckWord.place(KIND, device), turn, CheckWord.pair(tag, code), bytes, position);
    }

    /** The client's end; one thread at a time. */
    static final class Writer {
        private final MemorySegment memory;
        private final long key;
        private final int device;
        private final long tail;
        private final Bell agentBell;
        private final boolean pending;
        private long turn;

        Writer(SetMember member, int device) {
            this.memory = member.memory();
            this.key = member.key();
            this.device = device;
            this.tail = ControlLayout.device(device) + ControlLayout.COMPLETION_TAIL_OFFSET;
            this.agentBell = member.agentBell();
            this.pending = member.deviceCount() > ControlLayout.DEVICES_WITHOUT_PENDING;
        }

        void write(int tag, int code, int bytes, long position) {
            long record = ControlLayout.completionRecord(device, turn);
            Words.setInt(memory, record + ControlLayout.COMPLETION_TAG_OFFSET, tag);
            Words.setInt(memory, record + ControlLayout.COMPLETION_CODE_OFFSET, code);
            Words.setInt(memory, record + ControlLayout.COMPLETION_BYTES_OFFSET, bytes);
            Words.setLong(memory, record + ControlLayout.COMPLETION_POSITION_OFFSET, position);
            Words.setLong(
                    memory,
                    record + ControlLayout.COMPLETION_CHECK_OFFSET,
                    check(key, device, turn, tag, code, bytes, position));
            turn++;
            Words.releaseLong(memory, tail, turn);
            Words.volatileLong(memory, record + ControlLayout.RECORD_NUMBER_OFFSET, turn); // before the bell
            if (pending) {
                Words.orLong(memory, ControlLayout.PENDING_OFFSET, 1L << device); // after the record, before the bell
            }
            agentBell.ring();
        }

        /** Stores the tail again if it was damaged; an idle agent looks at every tail by itself. */
        void mend() {
            Words.mend(memory, tail, turn);
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

        /** As {@link CommandRing.Reader#read(boolean)}. */
        boolean read(boolean thorough) throws DamagedRegionException {
            long record = ControlLayout.completionRecord(device, turn);
            if (Words.volatileLong(memory, record + ControlLayout.RECORD_NUMBER_OFFSET) != turn + 1
                    && (!thorough || Words.volatileLong(memory, tail) == turn)) {
                return false;
            }
            tag = Words.getInt(memory, record + ControlLayout.COMPLETION_TAG_OFFSET);
            code = Words.getInt(memory, record + ControlLayout.COMPLETION_CODE_OFFSET);
            bytes = Words.getInt(memory, record + ControlLayout.COMPLETION_BYTES_OFFSET);
            position = Words.getLong(memory, record + ControlLayout.COMPLETION_POSITION_OFFSET);
            long check = Words.getLong(memory, record + ControlLayout.COMPLETION_CHECK_OFFSET);
            if (check != check(key, device, turn, tag, code, bytes, position)) {
                throw new DamagedRegionException("completion " + turn + " of device " + device + " failed its check");
            }
            turn++;
            return true;
        }
    }
}
