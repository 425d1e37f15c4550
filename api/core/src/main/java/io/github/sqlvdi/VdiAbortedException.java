package io.github.sqlvdi;

/**
 * The device set was aborted ({@code VD_E_ABORT}, 0x80770004) by this process or by another process of the set, or
 * because one of them died. Close the set: nothing else works after an abort. Only the process that aborted and the
 * statement know the reason (VDI reference 11.2 and 11.3). It is the cause of this exception if this process aborted the set
 * because something failed in it.
 */
public class VdiAbortedException extends VdiException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception for an operation that the abort ended. Programs need this constructor only for test doubles.
     *
     * @param operation the operation and its object
     */
    public VdiAbortedException(String operation) {
        super(operation, Hresults.VD_E_ABORT);
    }

    /**
     * Makes the exception for an operation that an abort of this process ended. Programs need this constructor only for
     * test doubles.
     *
     * @param operation the operation and its object
     * @param cause why this process aborted the set
     */
    public VdiAbortedException(String operation, Throwable cause) {
        super(operation, Hresults.VD_E_ABORT, cause);
    }
}
