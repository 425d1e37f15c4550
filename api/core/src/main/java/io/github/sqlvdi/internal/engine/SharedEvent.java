package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.internal.engine.host.Host;
import java.lang.foreign.MemorySegment;

/**
 * An event in shared memory: one word that one side sleeps on and the other signals. Signalling costs a read unless a thread
 * sleeps.
 *
 * <pre>
 *   sleeper                          signaller
 *     word = 1        (volatile)       publish           (volatile)
 *     look for work   (volatile)       word != 0 ?       (volatile)
 *     sleep while word == 1            word = 0, wake
 * </pre>
 *
 * Both orders of the two volatile pairs end well: either the sleeper sees the work or the signaller sees the armed event. A
 * word left at 1 by a sleeper that went away costs one needless wake-up. A word that was overwritten costs one slice of
 * {@link AdaptiveWait}.
 */
final class SharedEvent {
    private final Host host;
    private final MemorySegment memory;
    private final long offset;
    private final long address;

    SharedEvent(Host host, MemorySegment memory, long offset) {
        this.host = host;
        this.memory = memory;
        this.offset = offset;
        this.address = memory.address() + offset;
    }

    /** Announces a sleeper. The sleeper must look for work once more before it calls {@link #sleep}. */
    void arm() {
        Atomics.setIntVolatile(memory, offset, 1);
    }

    /** Sleeps until the event is signalled, at most {@code nanos}; may end early. */
    void sleep(long nanos) {
        host.waitOn(address, 1, nanos);
    }

    /** To be called after a volatile write that published the work. */
    void signal() {
        if (Atomics.getIntVolatile(memory, offset) != 0) {
            signalAlways();
        }
    }

    /** Wakes all sleepers, whatever the word says: for the end of a set. */
    void signalAlways() {
        Atomics.setIntVolatile(memory, offset, 0);
        host.wakeAll(address);
    }
}
