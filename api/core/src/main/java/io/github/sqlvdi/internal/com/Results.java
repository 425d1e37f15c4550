package io.github.sqlvdi.internal.com;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiException;

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
     * Returns the exception of the right class for a failure.
     *
     * @param operation the operation and its object, for the message
     * @param hresult the result of the operation
     * @return {@link VdiAbortedException} for {@code VD_E_ABORT}, else a {@code VdiException}
     */
    public static VdiException failure(String operation, int hresult) {
        return hresult == Hresults.VD_E_ABORT
                ? new VdiAbortedException(operation)
                : new VdiException(operation, hresult);
    }
}
