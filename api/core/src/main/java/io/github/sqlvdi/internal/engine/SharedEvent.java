package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.internal.engine.host.Host;
import java.lang.foreign.MemorySegment;

/**
 * An event in shared memory: one word. One side sleeps on it and the other side signals it. Signalling costs one read unless
 * a thread sleeps.
 *
 * <pre>
 *   sleeper                          signaller
 *     word = 1        (volatile)       publish           (volatile)
 *     look for work   (volatile)       word != 0 ?       (volatile)
 *     sleep while word == 1            word = 0, wake
 * </pre>
 *
 * Both orders of the two volatile pairs are safe: either the sleeper sees the work, or the signaller sees the armed event.
 * If a sleeper leaves the word at 1, that costs one needless wake-up. If the word is overwritten, the sleeper wakes at the
 * end of its current sleep, which {@link AdaptiveWait} limits.
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

    /** Wakes the sleepers, if there are any. Call it after a volatile write that published the work. */
    void signal() {
        if (Atomics.getIntVolatile(memory, offset) != 0) {
            signalAlways();
        }
    }

    /** Wakes all sleepers without a look at the word. Used when a set ends. */
    void signalAlways() {
        Atomics.setIntVolatile(memory, offset, 0);
        host.wakeAll(address);
    }
}
