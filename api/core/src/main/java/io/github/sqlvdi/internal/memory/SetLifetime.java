package io.github.sqlvdi.internal.memory;

import java.lang.foreign.Arena;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Makes closing a device set safe, for the client half and the server half. It waits, with a limit, until no thread is
 * inside a call and no memory is in use, and reports what prevented the close. The steps are {@link #shut()},
 * {@link #awaitCalls} and {@link #revokeMemory}, in this order. Only after them may the library unmap and free. All
 * methods may be called from any thread.
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
     * @param log gets a warning when a close fails
     * @param entry runs at the beginning of each call on the set object, on the calling thread; if it throws, the call
     *     is not made
     */
    public SetLifetime(String name, System.Logger log, Runnable entry) {
        this.name = name;
        this.log = log;
        this.entry = entry;
    }

    /**
     * A call on the set object.
     *
     * @param <T> the type of the result
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
     * Makes a call. The set cannot be closed while it runs.
     *
     * @param <T> the type of the result
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

    /** {@return the memory that users of the set see as segments, the same for the whole life of the set} */
    public RevocableMemory memory() {
        return memory;
    }

    /** {@return whether calls can be made: false from the first {@link #shut()} on} */
    public boolean isOpen() {
        return !gate.isShut();
    }

    /** {@return the exception, to be thrown, for a call on a closed set} */
    public IllegalStateException closed() {
        return new IllegalStateException(
                String.format(Locale.ROOT, "set \"%s\" is closed: expected an open set", name));
    }

    /**
     * Refuses every later call.
     *
     * @return true when a call is still in progress
     */
    public boolean shut() {
        gate.shut();
        return !gate.isIdle();
    }

    /** {@return the deadline of a close that starts now: {@link System#nanoTime()} plus 5 s} */
    public static long deadline() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    }

    /**
     * Waits until no call on the set object is in progress.
     *
     * @param deadline the {@link System#nanoTime()} at which to give up
     * @throws IllegalStateException if a call is still in progress at the deadline
     */
    public void awaitCalls(long deadline) {
        if (!gate.awaitIdle(deadline)) {
            throw unclosed("another thread is still inside a call of the set");
        }
    }

    /**
     * Ends every segment of the set.
     *
     * @param deadline the {@link System#nanoTime()} at which to give up
     * @throws IllegalStateException if an I/O operation still uses a segment at the deadline
     */
    public void revokeMemory(long deadline) {
        if (!memory.revoke(deadline)) {
            throw unclosed("an I/O operation of another thread still uses its data");
        }
    }

    /**
     * Logs that a close failed, and makes the exception to throw.
     *
     * @param why what prevented the close, for the message
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
