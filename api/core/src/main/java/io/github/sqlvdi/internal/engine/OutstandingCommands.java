package io.github.sqlvdi.internal.engine;

import static io.github.sqlvdi.internal.engine.ControlLayout.RING_RECORDS;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The commands of a device that are sent and not yet completed, by tag. The sender adds; the completion agent and, after an
 * abort, the sender take. The thread whose {@link #take} succeeds calls back, so each command is called back exactly once.
 *
 * <p>A tag is used again as soon as it is free. Each use therefore has a number of its own, and a taker names the use that
 * it means: a sender that is slow to notice an abort cannot take the tag from the next command.
 */
final class OutstandingCommands {
    /** The use of a tag that no command has. */
    static final int FREE = 0;

    private static final VarHandle USE = MethodHandles.arrayElementVarHandle(int[].class).withInvokeExactBehavior();

    private final int[] uses = new int[RING_RECORDS];
    private final long[] blocks = new long[RING_RECORDS];
    private final long[] routines = new long[RING_RECORDS];
    private final int[] codes = new int[RING_RECORDS];
    private final int[] sizes = new int[RING_RECORDS];
    private int lastUse; // of the sending threads, under their lock

    /** {@return a free tag, or -1; one sending thread at a time} */
    int freeTag() {
        for (int tag = 0; tag < RING_RECORDS; tag++) {
            if (use(tag) == FREE) {
                return tag;
            }
        }
        return -1;
    }

    /**
     * Adds a command under a free tag; one sending thread at a time.
     *
     * @return the use, never {@link #FREE}
     */
    int add(int tag, long block, long routine, int code, int size) {
        blocks[tag] = block;
        routines[tag] = routine;
        codes[tag] = code;
        sizes[tag] = size;
        if (++lastUse == FREE) {
            lastUse++;
        }
        USE.setRelease(uses, tag, lastUse);
        return lastUse;
    }

    /** {@return the use of a tag; to be read before what the tag stands for} */
    int use(int tag) {
        return (int) USE.getVolatile(uses, tag);
    }

    /** {@return whether the caller is the one that ended this use} */
    boolean take(int tag, int use) {
        return use != FREE && USE.compareAndSet(uses, tag, use, FREE);
    }

    long block(int tag) {
        return blocks[tag];
    }

    long routine(int tag) {
        return routines[tag];
    }

    int code(int tag) {
        return codes[tag];
    }

    int size(int tag) {
        return sizes[tag];
    }

    /** {@return how many commands are outstanding: counted each time, which only an idle agent does} */
    int count() {
        int count = 0;
        for (int tag = 0; tag < RING_RECORDS; tag++) {
            count += use(tag) == FREE ? 0 : 1;
        }
        return count;
    }
}
