package io.github.sqlvdi.internal.com;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiException;
import java.util.Optional;

/** Turns the result of a call into an exception. */
public final class Results {

    private Results() {
    }

    /**
     * Does nothing for a success and throws for a failure.
     *
     * @param operation the operation and its object, for the message
     * @param hresult the result of the operation
     * @throws VdiAbortedException for {@code VD_E_ABORT}
     * @throws VdiException for every other failure
     */
    public static void check(String operation, int hresult) {
        if (Hresults.failed(hresult)) {
            throw failure(operation, hresult);
        }
    }

    /**
     * Returns the exception of the right class for a failure, with the cause that the implementation gave on this
     * thread, if it gave one.
     *
     * @param operation the operation and its object, for the message
     * @param hresult the result of the operation
     * @return {@link VdiAbortedException} for {@code VD_E_ABORT}, else a {@code VdiException}
     */
    public static VdiException failure(String operation, int hresult) {
        Optional<Throwable> cause = FailureCause.take(hresult);
        if (hresult == Hresults.VD_E_ABORT) {
            return cause.map(why -> new VdiAbortedException(operation, why))
                    .orElseGet(() -> new VdiAbortedException(operation));
        }
        return cause.map(why -> new VdiException(operation, hresult, why))
                .orElseGet(() -> new VdiException(operation, hresult));
    }
}
