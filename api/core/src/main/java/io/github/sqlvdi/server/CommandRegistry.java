package io.github.sqlvdi.server;

import io.github.sqlvdi.bindings.VDS_Command;
import io.github.sqlvdi.internal.com.Callback;
import io.github.sqlvdi.internal.memory.Memory;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Finds the {@link ServerCommand} of a callback. One upcall stub serves every command; the block's
 * {@code completionContext} is an index into this table. A command keeps its index for its whole life. The table refers
 * to a command only while it is outstanding, so it keeps exactly those commands alive that the library may still call
 * back.
 *
 * <pre>
 *   index  31 ......... 8   7 ...... 0
 *          number of chunk  slot in it      chunks are added, never moved: no lock is needed to find a slot
 * </pre>
 */
final class CommandRegistry {

    /** The address of the {@code void(VDS_Command*)} that every command block has as its completion routine. */
    static final long STUB = Callback.stub(CommandRegistry::callback);

    private static final int CHUNK_BITS = 8;
    private static final int CHUNK_SIZE = 1 << CHUNK_BITS;
    private static final int MAX_CHUNKS = 1 << 12;
    private static final System.Logger LOG = System.getLogger("io.github.sqlvdi.server");
    private static final Cleaner CLEANER = Cleaner.create();
    private static final AtomicReferenceArray<AtomicReferenceArray<ServerCommand>> CHUNKS =
            new AtomicReferenceArray<>(MAX_CHUNKS);
    private static int[] free = new int[CHUNK_SIZE];
    private static int freeCount;
    private static int next;

    private CommandRegistry() {
    }

    /** Returns the index of a new command. It becomes free when the command is no longer reachable. */
    static int reserve(ServerCommand command) {
        int index = takeIndex();
        CLEANER.register(command, () -> giveBack(index));
        return index;
    }

    /** Marks the command as outstanding; returns false if it was outstanding already. */
    static boolean markOutstanding(int index, ServerCommand command) {
        return chunk(index).compareAndSet(slot(index), null, command);
    }

    /** Marks the command as completed; returns false if it was not outstanding. */
    static boolean markCompleted(int index, ServerCommand command) {
        return chunk(index).compareAndSet(slot(index), command, null);
    }

    static boolean isOutstanding(int index) {
        return chunk(index).get(slot(index)) != null;
    }

    /** Whether a command of the set is outstanding. */
    static boolean anyOutstanding(ServerDeviceSet set) {
        AtomicReferenceArray<ServerCommand> chunk;
        for (int i = 0; i < MAX_CHUNKS && (chunk = CHUNKS.get(i)) != null; i++) {
            for (int slot = 0; slot < CHUNK_SIZE; slot++) {
                ServerCommand command = chunk.get(slot);
                if (command != null && command.isOutstandingFor(set)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Receives every callback of the library. Throws nothing, because the caller is native code. */
    private static void callback(long address) {
        try {
            long context = Memory.ALL.get(ValueLayout.JAVA_LONG_UNALIGNED,
                    address + VDS_Command.completionContext$offset());
            ServerCommand command =
                    context >= 0 && context < (long) MAX_CHUNKS * CHUNK_SIZE ? find((int) context) : null;
            if (command == null || !command.completed(address)) {
                LOG.log(System.Logger.Level.ERROR,
                        "ignored a callback for command block 0x{0} with context {1}: no such "
                                + "command is out",
                        Long.toHexString(address), Long.toString(context));
            }
        } catch (Throwable t) {
            LOG.log(System.Logger.Level.ERROR, "a completion could not be delivered", t);
        }
    }

    private static ServerCommand find(int index) {
        AtomicReferenceArray<ServerCommand> chunk = chunk(index);
        return chunk == null ? null : chunk.get(slot(index));
    }

    private static AtomicReferenceArray<ServerCommand> chunk(int index) {
        return CHUNKS.get(index >>> CHUNK_BITS);
    }

    private static int slot(int index) {
        return index & (CHUNK_SIZE - 1);
    }

    private static synchronized int takeIndex() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (next == MAX_CHUNKS * CHUNK_SIZE) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "%,d commands exist: expected fewer, use each command again", next));
        }
        if (slot(next) == 0) {
            CHUNKS.set(next >>> CHUNK_BITS, new AtomicReferenceArray<>(CHUNK_SIZE));
        }
        return next++;
    }

    private static synchronized void giveBack(int index) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * free.length);
        }
        free[freeCount++] = index;
    }
}
