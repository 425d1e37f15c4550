package io.github.sqlvdi.internal.engine;

/**
 * Layout of a set's control region, which holds everything that the server, the primary and the secondaries share except
 * the buffers. All numbers are in the byte order of the machine, because the region never leaves the machine.
 *
 * <pre>
 *        0 | header                  | magic, version, device count, length, key, check, identity; written once by the
 *          |                         | primary, version last
 *       64 | abort word              | 0, or the first abort's number ({@link AbortWord})
 *      128 | configuration event     | configuration and device names
 *      192 | phase                   | 196: primary configured   200: devices named   204: area count
 *      256 | pending completions     | one bit for each device, set by its client, cleared by the agent; see
 *          |                         | {@link #DEVICES_WITHOUT_PENDING}
 *      320 | agent event             |
 *      384 | requested configuration | and check; written by the primary
 *      448 | final configuration     | and check; written by the server
 *      512 | instance name           | length (units), check, UTF-16
 *    1,152 | set name                | the same
 *    4,096 | process table           | 80 slots of 64 bytes: 0 primary, 1 server, 2.. secondaries
 *   12,288 | area table              | 256 entries of 64 bytes; written by the server
 *   28,672 | buffer table            | 16,384 entries of 32 bytes; written by the server
 *  552,960 | device blocks           | 64 of 36,864 bytes
 *
 *  device block
 *        0 | server state            |
 *        8 | closing check           | of the state "closed" and the next number
 *       16 | commands sent           | when the device was closed
 *       24 | client owner            | its slot plus 1, and half a check word
 *       64 | command tail            | written by the server
 *      128 | command event           |
 *      192 | completion tail         | written by the client
 *      256 | device name             | length, check, UTF-16
 *      896 | commands fetched        | written by the client, for diagnosis
 *    1,024 | command ring            | 256 records of 64 bytes, server to client
 *   17,408 | completion ring         | 256 records of 64 bytes, client to server
 *
 *  command record                          completion record
 *     0 code (4)   4 size (4)                 0 tag (4)    4 completion code (4)
 *     8 position (8)                          8 bytes transferred (4)
 *    16 buffer handle (4)  20 tag (4)        16 position (8)
 *    24 check (8)                            24 check (8)
 *    32 number (8)                           32 number (8)
 * </pre>
 *
 * <p>A record's number is its turn plus 1. The writer stores it last. The reader waits for it in the record's own cache
 * line, so a command moves one cache line between the processes, and so does its completion. The tail holds the number of
 * the last record. A reader that has found no record for long checks the tail too, in case the record's number was damaged.
 * The writer of a tail restores it if it was damaged.
 *
 * <p>Each record, entry and name carries a check word ({@link CheckWord}) of its content, its place and its turn. A torn,
 * stale or overwritten record fails the check, and the reader aborts the set.
 */
final class ControlLayout {
    static final long MAGIC = 0x0149_4456_4c51_5353L; // "SSQLVDI" and 1
    static final int VERSION = 3;
    static final int MAX_DEVICES = 64;
    static final int MAX_NAME_UNITS = 260;

    /** Length of a cache line. Words that one process writes often have a line of their own. */
    private static final long LINE = 64;
    private static final long PAGE = 4_096;
    /** Length, check word and {@link #MAX_NAME_UNITS} units, in whole lines. */
    private static final long NAME_LENGTH = 10 * LINE;

    static final long MAGIC_OFFSET = 0;
    static final long VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    static final long DEVICE_COUNT_OFFSET = VERSION_OFFSET + Integer.BYTES;
    static final long LENGTH_OFFSET = DEVICE_COUNT_OFFSET + Integer.BYTES;
    static final long KEY_OFFSET = LENGTH_OFFSET + Long.BYTES;
    static final long HEADER_CHECK_OFFSET = KEY_OFFSET + Long.BYTES;
    static final long IDENTITY_OFFSET = HEADER_CHECK_OFFSET + Long.BYTES;

    static final long ABORT_OFFSET = MAGIC_OFFSET + LINE;
    static final long CONFIGURATION_EVENT_OFFSET = ABORT_OFFSET + LINE;

    static final long PHASE_OFFSET = CONFIGURATION_EVENT_OFFSET + LINE;
    static final long PRIMARY_CONFIGURED_OFFSET = PHASE_OFFSET + Integer.BYTES;
    static final long DEVICES_NAMED_OFFSET = PRIMARY_CONFIGURED_OFFSET + Integer.BYTES;
    static final long AREA_COUNT_OFFSET = DEVICES_NAMED_OFFSET + Integer.BYTES;

    static final long PENDING_OFFSET = PHASE_OFFSET + LINE;
    /**
     * In a set of at most this many devices the agent reads every completion ring and the pending word is not used. The word
     * would be one more cache line to move between the processes with each completion.
     */
    static final int DEVICES_WITHOUT_PENDING = 8;
    static final long AGENT_EVENT_OFFSET = PENDING_OFFSET + LINE;

    static final long REQUESTED_CONFIG_OFFSET = AGENT_EVENT_OFFSET + LINE;
    static final long FINAL_CONFIG_OFFSET = REQUESTED_CONFIG_OFFSET + LINE;
    static final long CONFIG_CHECK_OFFSET = 48; // within a configuration

    static final long INSTANCE_NAME_OFFSET = FINAL_CONFIG_OFFSET + LINE;
    static final long SET_NAME_OFFSET = INSTANCE_NAME_OFFSET + NAME_LENGTH;

    static final long PROCESS_TABLE_OFFSET = PAGE;
    static final int PROCESS_SLOTS = 80;
    static final int PROCESS_ENTRY_LENGTH = 64;

    static final long AREA_TABLE_OFFSET = wholePages(PROCESS_TABLE_OFFSET + PROCESS_SLOTS * PROCESS_ENTRY_LENGTH);
    static final int AREA_SLOTS = 256;
    static final int AREA_ENTRY_LENGTH = 64;
    static final long AREA_PROCESS_OFFSET = 0;
    static final long AREA_HANDLE_OFFSET = AREA_PROCESS_OFFSET + Long.BYTES;
    static final long AREA_SIZE_OFFSET = AREA_HANDLE_OFFSET + Long.BYTES;
    static final long AREA_CHECK_OFFSET = AREA_SIZE_OFFSET + Long.BYTES;

    static final long BUFFER_TABLE_OFFSET = wholePages(AREA_TABLE_OFFSET + AREA_SLOTS * AREA_ENTRY_LENGTH);
    static final int BUFFER_SLOTS = 16_384;
    static final int BUFFER_ENTRY_LENGTH = 32;
    static final long BUFFER_HANDLE_OFFSET = 0;
    static final long BUFFER_AREA_OFFSET = BUFFER_HANDLE_OFFSET + Integer.BYTES;
    static final long BUFFER_OFFSET_OFFSET = BUFFER_AREA_OFFSET + Integer.BYTES;
    static final long BUFFER_SIZE_OFFSET = BUFFER_OFFSET_OFFSET + Long.BYTES;
    static final long BUFFER_CHECK_OFFSET = BUFFER_SIZE_OFFSET + Long.BYTES;

    static final long DEVICES_OFFSET = wholePages(BUFFER_TABLE_OFFSET + BUFFER_SLOTS * BUFFER_ENTRY_LENGTH);

    static final long SERVER_STATE_OFFSET = 0;
    static final long CLOSING_CHECK_OFFSET = SERVER_STATE_OFFSET + Long.BYTES;
    static final long CLOSING_TURN_OFFSET = CLOSING_CHECK_OFFSET + Long.BYTES;
    static final long CLIENT_OWNER_OFFSET = CLOSING_TURN_OFFSET + Long.BYTES;
    static final long COMMAND_TAIL_OFFSET = SERVER_STATE_OFFSET + LINE;
    static final long COMMAND_EVENT_OFFSET = COMMAND_TAIL_OFFSET + LINE;
    static final long COMPLETION_TAIL_OFFSET = COMMAND_EVENT_OFFSET + LINE;
    static final long DEVICE_NAME_OFFSET = COMPLETION_TAIL_OFFSET + LINE;
    /** In another line than the completion tail: the agent reads that line often, and each store would invalidate it. */
    static final long COMMANDS_FETCHED_OFFSET = DEVICE_NAME_OFFSET + NAME_LENGTH;

    /** Records in each ring; also the largest number of outstanding commands on a device. A power of two. */
    static final int RING_RECORDS = 256;
    static final int RECORD_LENGTH = 64;
    static final long COMMAND_RING_OFFSET = COMMANDS_FETCHED_OFFSET + 2 * LINE;
    static final long COMPLETION_RING_OFFSET = COMMAND_RING_OFFSET + RING_RECORDS * RECORD_LENGTH;
    static final long DEVICE_LENGTH = wholePages(COMPLETION_RING_OFFSET + RING_RECORDS * RECORD_LENGTH);

    static final long RECORD_NUMBER_OFFSET = 32;
    static final long COMMAND_CODE_OFFSET = 0;
    static final long COMMAND_SIZE_OFFSET = 4;
    static final long COMMAND_POSITION_OFFSET = 8;
    static final long COMMAND_BUFFER_OFFSET = 16;
    static final long COMMAND_TAG_OFFSET = 20;
    static final long COMMAND_CHECK_OFFSET = 24;
    static final long COMPLETION_TAG_OFFSET = 0;
    static final long COMPLETION_CODE_OFFSET = 4;
    static final long COMPLETION_BYTES_OFFSET = 8;
    static final long COMPLETION_POSITION_OFFSET = 16;
    static final long COMPLETION_CHECK_OFFSET = 24;

    /** Size of every control region in bytes. It is the same for all sets: a reader must know it before it maps one. */
    static final long LENGTH = DEVICES_OFFSET + MAX_DEVICES * DEVICE_LENGTH;

    /** Server state of a device. The values differ in many bits, so that a damaged word is not a valid state. */
    static final int DEVICE_OPEN = 0x6f70_656e;

    static final int DEVICE_CLOSED = 0x636c_6f73;

    /** Phase of the set as the server publishes it; 0 until a server has joined. */
    static final int PHASE_CONNECTED = 0x636f_6e6e;

    static final int PHASE_INITIALIZED = 0x696e_6974;

    static final int PRIMARY_CONFIGURED = 0x7072_636f;

    private ControlLayout() {}

    private static long wholePages(long end) {
        return (end + PAGE - 1) / PAGE * PAGE;
    }

    static long device(int index) {
        return DEVICES_OFFSET + index * DEVICE_LENGTH;
    }

    static long process(int slot) {
        return PROCESS_TABLE_OFFSET + (long) slot * PROCESS_ENTRY_LENGTH;
    }

    static long area(int index) {
        return AREA_TABLE_OFFSET + (long) index * AREA_ENTRY_LENGTH;
    }

    static long buffer(int index) {
        return BUFFER_TABLE_OFFSET + (long) index * BUFFER_ENTRY_LENGTH;
    }

    static long commandRecord(int device, long turn) {
        return device(device) + COMMAND_RING_OFFSET + (turn & (RING_RECORDS - 1)) * RECORD_LENGTH;
    }

    static long completionRecord(int device, long turn) {
        return device(device) + COMPLETION_RING_OFFSET + (turn & (RING_RECORDS - 1)) * RECORD_LENGTH;
    }
}
