package io.github.sqlvdi;

import java.util.Locale;
import java.util.Objects;

/**
 * A method of the interface failed. The message says which operation failed, the code by name and number, what it
 * means, the usual cause, and what to do (VDI reference 5.4).
 */
public class VdiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The operation that failed, as given by its caller. */
    private final String operation;
    /** The result it failed with. */
    private final int hresult;

    /**
     * Makes the exception for a failed operation. Prefer {@link #check}, which chooses the right subclass.
     *
     * @param operation what was tried and on what, for example {@code OpenDevice "full-2"}
     * @param hresult the result; any number, unknown ones are kept
     */
    public VdiException(String operation, int hresult) {
        this(operation, hresult, null);
    }

    /**
     * Makes the exception for an operation that failed because of another exception.
     *
     * @param operation what was tried and on what
     * @param hresult the result that stands for the failure
     * @param cause why, or null
     */
    public VdiException(String operation, int hresult, Throwable cause) {
        super(message(operation, hresult), cause);
        this.operation = operation;
        this.hresult = hresult;
    }

    /**
     * Does nothing for a success and throws for a failure.
     *
     * @param operation what was tried and on what, for the message
     * @param hresult the result of the operation
     * @throws VdiAbortedException for {@code VD_E_ABORT}
     * @throws VdiException for every other failure
     */
    public static void check(String operation, int hresult) {
        if (Hresults.failed(hresult)) {
            throw of(operation, hresult);
        }
    }

    /**
     * The exception of the right class for a failure.
     *
     * @param operation what was tried and on what, for the message
     * @param hresult the result of the operation
     * @return {@link VdiAbortedException} for {@code VD_E_ABORT}, else a {@code VdiException}
     */
    public static VdiException of(String operation, int hresult) {
        return hresult == Hresults.VD_E_ABORT
                ? new VdiAbortedException(operation)
                : new VdiException(operation, hresult);
    }

    /**
     * What was tried and on what.
     *
     * @return the operation
     */
    public String operation() {
        return operation;
    }

    /**
     * The result of the operation, as it came.
     *
     * @return a negative number, see {@link Hresults}
     */
    public int hresult() {
        return hresult;
    }

    /**
     * The name of the result.
     *
     * @return for example {@code VD_E_ABORT}
     */
    public String codeName() {
        return explanation().name();
    }

    /**
     * What the result means, usually comes from, and what to do about it.
     *
     * @return the explanation
     */
    public CodeExplanation explanation() {
        return CodeExplanation.ofHresult(hresult);
    }

    private static String message(String operation, int hresult) {
        Objects.requireNonNull(operation, "operation");
        CodeExplanation it = CodeExplanation.ofHresult(hresult);
        return String.format(Locale.ROOT, "%s failed: %s (0x%08X): %s Usual cause: %s What to do: %s",
                operation, it.name(), hresult, it.meaning(), it.usualCause(), it.cure());
    }
}
