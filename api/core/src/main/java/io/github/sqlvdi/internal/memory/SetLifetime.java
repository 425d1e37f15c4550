package io.github.sqlvdi.internal.memory;

import java.lang.foreign.Arena;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What both halves of a device set need to be closed safely: no thread inside a call, no memory in use, each waited for
 * with a bound, and in words what stood in the way. Closing goes {@link #shut()}, {@link #awaitCalls},
 * {@link #revokeMemory}; only then may the library unmap and free. All methods may be called from any thread.
 */
public final class SetLifetime {

    private static final long PATIENCE_SECONDS = 5;

    private final String name;
    private final System.Logger log;
    private final Runnable entry;
    private final CallGate gate = new CallGate();
    private final RevocableMemory memory = new RevocableMemory();

    /**
     * Begins the life of a set.
     *
     * @param name the set's name, for messages
     * @param log where a closing that fails is logged
     * @param entry runs at the beginning of each call on the set object, on the calling thread; what it throws ends the
     *     call before it is made
     */
    public SetLifetime(String name, System.Logger log, Runnable entry) {
        this.name = name;
        this.log = log;
        this.entry = entry;
    }

    /**
     * A call on the set object.
     *
     * @param <T> what it gives
     */
    public interface Call<T> {

        /**
         * Makes the call.
         *
         * @param arena for names, structures and out-pointers; ends with the call
         * @return the result
         */
        T make(Arena arena);
    }

    /**
     * Makes a call, so that the set cannot be closed under it.
     *
     * @param <T> what the call gives
     * @param call the call
     * @return its result
     * @throws IllegalStateException if the set is closed
     */
    public <T> T call(Call<T> call) {
        if (!gate.tryEnter()) {
            throw closed();
        }
        try (Arena arena = Arena.ofConfined()) {
            entry.run();
            return call.make(arena);
        } finally {
            gate.leave();
        }
    }

    /**
     * Makes a call, or does nothing when the set is closed.
     *
     * @param call the call
     */
    public void callIfOpen(Runnable call) {
        if (gate.tryEnter()) {
            try {
                entry.run();
                call.run();
            } finally {
                gate.leave();
            }
        }
    }

    /**
     * The memory that users of the set see as segments.
     *
     * @return the memory, the same for the whole life
     */
    public RevocableMemory memory() {
        return memory;
    }

    /**
     * Whether calls can be made.
     *
     * @return false from the beginning of the closing on
     */
    public boolean isOpen() {
        return !gate.isShut();
    }

    /**
     * The error of a call that comes too late.
     *
     * @return the exception, to be thrown
     */
    public IllegalStateException closed() {
        return new IllegalStateException(
                String.format(Locale.ROOT, "set \"%s\" is closed: expected an open set", name));
    }

    /**
     * Lets no call in any more.
     *
     * @return true when a call is in progress
     */
    public boolean shut() {
        gate.shut();
        return !gate.isIdle();
    }

    /**
     * {@return the deadline of a close that starts now: {@link System#nanoTime()} plus 5 s}
     */
    public static long deadline() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    }

    /**
     * Waits for the calls on the set object.
     *
     * @param deadline when to give up
     * @throws IllegalStateException if one is still in progress then
     */
    public void awaitCalls(long deadline) {
        if (!gate.awaitIdle(deadline)) {
            throw unclosed("another thread is still inside a call of the set");
        }
    }

    /**
     * Ends every segment of the set.
     *
     * @param deadline when to give up
     * @throws IllegalStateException if an I/O operation still uses one then
     */
    public void revokeMemory(long deadline) {
        if (!memory.revoke(deadline)) {
            throw unclosed("an I/O operation of another thread still uses its data");
        }
    }

    /**
     * Says that a closing failed, in the log and as an exception to be thrown.
     *
     * @param why what stood in the way
     * @return the exception
     */
    public IllegalStateException unclosed(String why) {
        String message =
                String.format(Locale.ROOT,
                        "set \"%s\" cannot be closed yet: %s after %d s. Its memory stays mapped, so nothing crashes; "
                                + "end "
                                + "that use, then close again",
                        name, why, PATIENCE_SECONDS);
        log.log(System.Logger.Level.WARNING, message);
        return new IllegalStateException(message);
    }
}
