package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.internal.engine.host.Host;
import java.lang.foreign.MemorySegment;

/**
 * An event in shared memory: one word, which holds a turn (31 bits) and whether a thread may sleep (the sign bit). Threads
 * sleep on it and other threads signal it. Signalling costs one read unless a thread sleeps.
 *
 * <pre>
 *   sleeper                               signaller
 *     armed = word |= ARMED  (atomic)       publish                   (volatile)
 *     look for work          (volatile)     word is armed ?           (volatile)
 *     sleep while word == armed             word = next turn          (compare-and-set), wake
 * </pre>
 *
 * Both orders of the two volatile pairs are safe: either the sleeper sees the work, or the signaller sees the armed event.
 * Several threads may sleep on one event. The turn keeps their sleeps apart: a thread that arms the event again after a
 * signal does not make the word equal to the value on which an earlier thread is about to sleep. If the compare-and-set
 * fails, either another signaller has advanced the turn, or a sleeper has armed the event after the work was published and
 * sees it.
 *
 * <p>If a sleeper leaves the word armed, that costs one needless wake-up. If the word is overwritten, the sleeper wakes at
 * the end of its current sleep, which {@link AdaptiveWait} limits.
 */
final class SharedEvent {
    private static final int ARMED = 1 << 31;

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

    /**
     * Announces a sleeper. The sleeper must look for work once more before it calls {@link #sleep}.
     *
     * @return the value to pass to {@link #sleep}
     */
    int arm() {
        return Atomics.orInt(memory, offset, ARMED);
    }

    /**
     * Sleeps until the event is signalled, at most {@code nanos}; may end early. Returns at once if the event was signalled
     * after {@link #arm} returned {@code armed}.
     */
    void sleep(int armed, long nanos) {
        host.waitOn(address, armed, nanos);
    }

    /** Wakes the sleepers, if there are any. Call it after a volatile write that published the work. */
    void signal() {
        if (isArmed(Atomics.getIntVolatile(memory, offset))) {
            signalAlways();
        }
    }

    /** Wakes all sleepers, whatever the word says. Used when a set ends. */
    void signalAlways() {
        int word = Atomics.getIntVolatile(memory, offset);
        Atomics.compareAndSetInt(memory, offset, word, word + 1 & ~ARMED);
        host.wakeAll(address);
    }

    /** {@return whether a thread may sleep on an event with that word} */
    static boolean isArmed(int word) {
        return word < 0;
    }
}
