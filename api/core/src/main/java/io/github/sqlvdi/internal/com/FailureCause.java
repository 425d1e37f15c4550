package io.github.sqlvdi.internal.com;

import java.util.Optional;

/**
 * Keeps the exception behind a failed result for the caller, who gets only a number. It belongs to the thread, as
 * {@code IErrorInfo} does in COM: the implementation sets it before it returns the result, and {@link Results} takes it
 * when it makes an exception of that result. Results of an implementation in native code have no such exception.
 */
public final class FailureCause {

    private record Failure(int hresult, Throwable cause) {
    }

    private static final ThreadLocal<Failure> LAST = new ThreadLocal<>();

    private FailureCause() {
    }

    /**
     * Sets the cause of a failed result on this thread.
     *
     * @param hresult the result that the implementation returns now
     * @param cause what failed
     * @return {@code hresult}
     */
    public static int of(int hresult, Throwable cause) {
        LAST.set(new Failure(hresult, cause));
        return hresult;
    }

    /** Takes the cause from this thread. Empty if none was set, or if it was set for another result. */
    static Optional<Throwable> take(int hresult) {
        Failure failure = LAST.get();
        if (failure == null) {
            return Optional.empty();
        }
        LAST.remove();
        return failure.hresult == hresult ? Optional.of(failure.cause) : Optional.empty();
    }
}
