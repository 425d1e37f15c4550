package io.github.sqlvdi.internal.engine;

/**
 * Layout of a set's control region: everything that server, primary and secondaries share except the data itself. All
 * numbers are in the byte order of the machine; the region never leaves it.
 *
 * <pre>
 *        0 +------------------------------------------------------------+
 *          | header: magic, version, device count, length, key, check   |  written once by the primary, version last
 *       64 | abort word                                                 |  0, or the first {@link AbortWord}
 *      128 | configuration event                                        |  configuration and device names
 *      192 | phase, primary configured, devices named, area count       |
 *      256 | pending completions, a bit a device                        |  clients set, the agent takes all; many devices
 *      320 | agent event                                                |
 *      384 | requested configuration, check                             |  primary
 *      448 | final configuration, check                                 |  server
 *      512 | instance name  | 1,152: set name                           |  length (units), UTF-16
 *    4,096 | process table: 80 slots of 64 bytes                        |  0 primary, 1 server, 2.. secondaries
 *   16,384 | area table: 256 entries of 64 bytes                        |  server
 *   32,768 | buffer table: 16,384 entries of 32 bytes                   |  server
 *  557,056 | device blocks: 64 of 36,864 bytes                          |
 *          +------------------------------------------------------------+
 *
 *  device block
 *        0 | server state, client owner                                 |
 *       64 | command tail (server)      128 | command event             |
 *      192 | completion tail (client)                                   |
 *      256 | device name: length, UTF-16, check                         |
 *      896 | commands fetched (client, for onlookers)                   |
 *    1,024 | command ring:    256 records of 64 bytes (server to client)|
 *   17,408 | completion ring: 256 records of 64 bytes (client to server)|
 *
 *  command record                          completion record
 *     0 code (4)   4 size (4)                 0 tag (4)    4 completion code (4)
 *     8 position (8)                          8 bytes transferred (4)
 *    16 buffer handle (4)  20 tag (4)        16 position (8)
 *    24 check (8)                            24 check (8)
 *    32 number (8)                           32 number (8)
 * </pre>
 *
 * A record's number is its turn and 1, stored last: the reader waits for it in the record's own cache line, so that one
 * line travels with a command and one with its completion. The tail says the same once more; a reader that found nothing
 * for long looks at it too, should a number have been damaged, and its writer mends it.
 *
 * Each record, entry and name carries a check word ({@link CheckWord}) over its content, its place and its turn, so that
 * a torn, stale or overwritten one is recognised and ends the set instead of being believed.
 */
final class ControlLayout {
    static final long MAGIC = 0x0149_4456_4c51_5353L; // "SSQLVDI" and 1
    static final int VERSION = 1;

    static final int MAX_DEVICES = 64;
    static final int MAX_NAME_UNITS = 260;

    static final long MAGIC_OFFSET = 0;
    static final long VERSION_OFFSET = 8;
    static final long DEVICE_COUNT_OFFSET = 12;
    static final long LENGTH_OFFSET = 16;
    static final long KEY_OFFSET = 24;
    static final long HEADER_CHECK_OFFSET = 40;

    static final long ABORT_OFFSET = 64;
    static final long CONFIGURATION_EVENT_OFFSET = 128;
    static final long PHASE_OFFSET = 192;
    static final long PRIMARY_CONFIGURED_OFFSET = 196;
    static final long DEVICES_NAMED_OFFSET = 200;
    static final long AREA_COUNT_OFFSET = 204;
    static final long PENDING_OFFSET = 256;

    /**
     * Up to so many devices the agent looks at every completion tail, and nobody uses the pending word: it would be one
     * more cache line that travels with each completion.
     */
    static final int DEVICES_WITHOUT_PENDING = 8;

    static final long AGENT_EVENT_OFFSET = 320;
    static final long REQUESTED_CONFIG_OFFSET = 384;
    static final long FINAL_CONFIG_OFFSET = 448;
    static final long CONFIG_CHECK_OFFSET = 48; // within a configuration
    static final long INSTANCE_NAME_OFFSET = 512;
    static final long SET_NAME_OFFSET = 1_152;

    static final long PROCESS_TABLE_OFFSET = 4_096;
    static final int PROCESS_SLOTS = 80;
    static final int PROCESS_ENTRY_LENGTH = 64;

    static final long AREA_TABLE_OFFSET = 16_384;
    static final int AREA_SLOTS = 256;
    static final int AREA_ENTRY_LENGTH = 64;
    static final long AREA_PROCESS_OFFSET = 0;
    static final long AREA_HANDLE_OFFSET = 8;
    static final long AREA_SIZE_OFFSET = 16;
    static final long AREA_CHECK_OFFSET = 24;

    static final long BUFFER_TABLE_OFFSET = 32_768;
    static final int BUFFER_SLOTS = 16_384;
    static final int BUFFER_ENTRY_LENGTH = 32;
    static final long BUFFER_HANDLE_OFFSET = 0;
    static final long BUFFER_AREA_OFFSET = 4;
    static final long BUFFER_OFFSET_OFFSET = 8;
    static final long BUFFER_SIZE_OFFSET = 16;
    static final long BUFFER_CHECK_OFFSET = 24;

    static final long DEVICES_OFFSET = 557_056;
    static final long DEVICE_LENGTH = 36_864;
    static final long SERVER_STATE_OFFSET = 0;
    static final long CLIENT_OWNER_OFFSET = 4;
    static final long COMMAND_TAIL_OFFSET = 64;
    static final long COMMAND_EVENT_OFFSET = 128;
    static final long COMPLETION_TAIL_OFFSET = 192;

    /** Away from the completion tail: the agent looks at that line all the time, and each store here would take it. */
    static final long COMMANDS_FETCHED_OFFSET = 896;
    static final long DEVICE_NAME_OFFSET = 256;
    static final long COMMAND_RING_OFFSET = 1_024;
    static final long COMPLETION_RING_OFFSET = 17_408;

    /** Records in each ring, and so the commands that can be outstanding on a device. A power of two. */
    static final int RING_RECORDS = 256;

    static final int RECORD_LENGTH = 64;
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

    /** Bytes of every control region: the same for every set, so that a reader knows the size before it maps. */
    static final long LENGTH = DEVICES_OFFSET + MAX_DEVICES * DEVICE_LENGTH;

    /** Server state of a device: the values are far apart, so that a damaged word is no valid state. */
    static final int DEVICE_OPEN = 0x6f70_656e;

    static final int DEVICE_CLOSED = 0x636c_6f73;

    /** Phase of the set as the server publishes it; 0 until a server came. */
    static final int PHASE_CONNECTED = 0x636f_6e6e;

    static final int PHASE_INITIALIZED = 0x696e_6974;

    static final int PRIMARY_CONFIGURED = 0x7072_636f;

    private ControlLayout() {}

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
