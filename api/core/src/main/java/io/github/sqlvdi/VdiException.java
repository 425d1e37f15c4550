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
     * Makes the exception for a failed operation. The library makes its own; the constructor is for test doubles of a
     * program's callers.
     *
     * @param operation what was tried and on what, for example {@code OpenDevice "full-2"}
     * @param hresult the result; any number, unknown ones are kept
     */
    public VdiException(String operation, int hresult) {
        super(message(operation, hresult));
        this.operation = operation;
        this.hresult = hresult;
    }

    /**
     * Makes the exception for an operation that failed because of another exception; for test doubles like the other
     * one.
     *
     * @param operation what was tried and on what
     * @param hresult the result that stands for the failure
     * @param cause why
     */
    public VdiException(String operation, int hresult, Throwable cause) {
        super(message(operation, hresult), Objects.requireNonNull(cause, "cause"));
        this.operation = operation;
        this.hresult = hresult;
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
