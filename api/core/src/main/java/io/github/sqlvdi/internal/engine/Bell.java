package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.internal.engine.host.Host;
import java.lang.foreign.MemorySegment;

/**
 * A word in shared memory that one side sleeps on and the other rings. Ringing costs a read unless somebody sleeps.
 *
 * <pre>
 *   sleeper                         ringer
 *     bell = 1        (volatile)      publish          (volatile)
 *     look for work   (volatile)      bell != 0 ?      (volatile)
 *     sleep while bell == 1           bell = 0, wake
 * </pre>
 *
 * Both orders of the two volatile pairs end well: either the sleeper sees the work or the ringer sees the bell. A bell
 * left at 1 by a sleeper that went away costs one needless wake; a bell lost to damage costs a slice of
 * {@link AdaptiveWait}.
 */
final class Bell {
    private final Host host;
    private final MemorySegment memory;
    private final long offset;
    private final long address;

    Bell(Host host, MemorySegment memory, long offset) {
        this.host = host;
        this.memory = memory;
        this.offset = offset;
        this.address = memory.address() + offset;
    }

    /** Announces a sleeper; it must look for work once more before it calls {@link #sleep}. */
    void arm() {
        Atomics.setIntVolatile(memory, offset, 1);
    }

    /** Sleeps until the bell rings, at most {@code nanos}; may end early. */
    void sleep(long nanos) {
        host.waitOn(address, 1, nanos);
    }

    /** To be called after a volatile write that published the work. */
    void ring() {
        if (Atomics.getIntVolatile(memory, offset) != 0) {
            ringAlways();
        }
    }

    /** Wakes whoever sleeps, whatever the word says: for the end of a set. */
    void ringAlways() {
        Atomics.setIntVolatile(memory, offset, 0);
        host.wakeAll(address);
    }
}
