package io.github.sqlvdi.internal.engine;

import static io.github.sqlvdi.internal.engine.ControlLayout.RING_RECORDS;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The commands of a device that are sent and not yet completed, by tag. The sender adds a command. The completion agent, or
 * after an abort the sender, takes it. The thread whose {@link #take} succeeds calls back, so each command has one callback.
 *
 * <p>A tag is used again as soon as it is free. Each use therefore has its own number, which {@link #take} compares. So a
 * sender that notices an abort late cannot take the tag away from the next command.
 */
final class OutstandingCommands {
    /** The use number of a free tag. */
    static final int FREE = 0;

    private static final VarHandle USE = MethodHandles.arrayElementVarHandle(int[].class).withInvokeExactBehavior();

    private final int[] uses = new int[RING_RECORDS];
    private final long[] blocks = new long[RING_RECORDS];
    private final long[] routines = new long[RING_RECORDS];
    private final int[] codes = new int[RING_RECORDS];
    private final int[] sizes = new int[RING_RECORDS];
    private int lastUse; // guarded by the lock of the sending threads

    /** The tag that was freed last. Only a hint: any thread may write it, and the sender looks whether it is free. */
    private int freed;

    /**
     * {@return a free tag, or -1; one sending thread at a time} The tag that was freed last is tried first, so that a
     * sender with many commands outstanding does not search.
     */
    int freeTag() {
        int hint = freed;
        if (use(hint) == FREE) {
            return hint;
        }
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
     * @return the number of this use, never {@link #FREE}
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

    /** {@return the use number of a tag; read it before the fields of the command} */
    int use(int tag) {
        return (int) USE.getVolatile(uses, tag);
    }

    /** Frees a tag; returns false if this use has ended already. */
    boolean take(int tag, int use) {
        if (use != FREE && USE.compareAndSet(uses, tag, use, FREE)) {
            freed = tag;
            return true;
        }
        return false;
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

    /** {@return how many commands are outstanding; counted by each call, so only for an idle agent} */
    int count() {
        int count = 0;
        for (int tag = 0; tag < RING_RECORDS; tag++) {
            count += use(tag) == FREE ? 0 : 1;
        }
        return count;
    }
}
