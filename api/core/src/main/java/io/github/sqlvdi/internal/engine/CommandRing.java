package io.github.sqlvdi.internal.engine;

import java.lang.foreign.MemorySegment;

/**
 * The two ends of a device's command ring. The server publishes records in turn, and the client reads them in turn. The
 * read position need not be shared. At most {@link ControlLayout#RING_RECORDS} commands are outstanding, and a command stays
 * outstanding until it is completed. So a record is never overwritten before it was read.
 */
final class CommandRing {
    private static final int KIND = 6;

    private CommandRing() {}

    static long check(long key, int device, long turn, int code, int size, long position, int handle, int tag) {
        return CheckWord.of(
                key,
                CheckWord.place(KIND, device),
                turn,
                CheckWord.pair(code, size),
                position,
                CheckWord.pair(handle, tag));
    }

    /** The server's end; one thread at a time. */
    static final class Writer {
        private final MemorySegment memory;
        private final long key;
        private final int device;
        private final long tail;
        private long turn;

        Writer(SetMember member, int device) {
            this.memory = member.memory();
            this.key = member.key();
            this.device = device;
            this.tail = ControlLayout.device(device) + ControlLayout.COMMAND_TAIL_OFFSET;
        }

        void write(int code, int size, long position, int handle, int tag) {
            long record = ControlLayout.commandRecord(device, turn);
            Atomics.setInt(memory, record + ControlLayout.COMMAND_CODE_OFFSET, code);
            Atomics.setInt(memory, record + ControlLayout.COMMAND_SIZE_OFFSET, size);
            Atomics.setLong(memory, record + ControlLayout.COMMAND_POSITION_OFFSET, position);
            Atomics.setInt(memory, record + ControlLayout.COMMAND_BUFFER_OFFSET, handle);
            Atomics.setInt(memory, record + ControlLayout.COMMAND_TAG_OFFSET, tag);
            Atomics.setLong(
                    memory,
                    record + ControlLayout.COMMAND_CHECK_OFFSET,
                    check(key, device, turn, code, size, position, handle, tag));
            turn++;
            Atomics.setLongRelease(memory, tail, turn);
            Atomics.setLongVolatile(memory, record + ControlLayout.RECORD_NUMBER_OFFSET, turn); // before the event is read
        }

        /** {@return how many commands were written} */
        long turn() {
            return turn;
        }

        /** Restores the tail if it was damaged. It wakes no reader: an idle reader checks the tail periodically. */
        void mend() {
            Atomics.mend(memory, tail, turn);
        }
    }

    /** The client's end; one thread at a time. The fields hold the record read last. */
    static final class Reader {
        private final MemorySegment memory;
        private final long key;
        private final int device;
        private final long tail;
        private final long fetched;
        private long turn;

        int code;
        int size;
        long position;
        int handle;
        int tag;

        Reader(SetMember member, int device) {
            this.memory = member.memory();
            this.key = member.key();
            this.device = device;
            this.tail = ControlLayout.device(device) + ControlLayout.COMMAND_TAIL_OFFSET;
            this.fetched = ControlLayout.device(device) + ControlLayout.COMMANDS_FETCHED_OFFSET;
        }

        /**
         * Reads the next record.
         *
         * @param thorough whether to check the tail too, which shows a record whose number was damaged
         * @return whether there was a record; its content is then in the fields
         */
        boolean read(boolean thorough) throws DamagedRegionException {
            long record = ControlLayout.commandRecord(device, turn);
            if (Atomics.getLongVolatile(memory, record + ControlLayout.RECORD_NUMBER_OFFSET) != turn + 1
                    && (!thorough || isEmpty())) {
                return false;
            }
            code = Atomics.getInt(memory, record + ControlLayout.COMMAND_CODE_OFFSET);
            size = Atomics.getInt(memory, record + ControlLayout.COMMAND_SIZE_OFFSET);
            position = Atomics.getLong(memory, record + ControlLayout.COMMAND_POSITION_OFFSET);
            handle = Atomics.getInt(memory, record + ControlLayout.COMMAND_BUFFER_OFFSET);
            tag = Atomics.getInt(memory, record + ControlLayout.COMMAND_TAG_OFFSET);
            long check = Atomics.getLong(memory, record + ControlLayout.COMMAND_CHECK_OFFSET);
            if (check != check(key, device, turn, code, size, position, handle, tag)) {
                throw new DamagedRegionException("command " + turn + " of device " + device + " failed its check");
            }
            turn++;
            Atomics.setLong(memory, fetched, turn); // for SetInspector and DeviceDump
            return true;
        }

        /** {@return how many commands were read} */
        long turn() {
            return turn;
        }

        private boolean isEmpty() {
            return Atomics.getLongVolatile(memory, tail) == turn;
        }
    }
}
