package io.github.sqlvdi;

/**
 * The device set was aborted ({@code VD_E_ABORT}, 0x80770004): by this process, by another one of the set, or because
 * one of them died. Close the set, nothing else works any more. The process that aborted, and the statement, know why
 * (VDI reference 11.2 and 11.3).
 */
public class VdiAbortedException extends VdiException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception for an operation that the abort ended. The library makes its own; the constructor is for test
     * doubles.
     *
     * @param operation what was tried and on what
     */
    public VdiAbortedException(String operation) {
        super(operation, Hresults.VD_E_ABORT);
    }
}
