package io.github.sqlvdi;

import java.util.Locale;
import java.util.Objects;

/**
 * A method of the interface failed. The message says which operation failed, the code by name and number, what it
 * means, the usual cause, and what to do (VDI reference 5.4).
 */
public class VdiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The failed operation in words, as the caller of the constructor gave it. */
    private final String operation;
    /** The result of the failed operation. */
    private final int hresult;

    /**
     * Makes the exception for a failed operation. Programs need this constructor only for test doubles.
     *
     * @param operation the operation and its object, for example {@code OpenDevice "full-2"}
     * @param hresult the result; any number, also an unknown one
     */
    public VdiException(String operation, int hresult) {
        super(message(operation, hresult));
        this.operation = operation;
        this.hresult = hresult;
    }

    /**
     * Makes the exception for an operation that failed because of another exception. Programs need this constructor
     * only for test doubles.
     *
     * @param operation the operation and its object
     * @param hresult the result that stands for the failure
     * @param cause the other exception
     */
    public VdiException(String operation, int hresult, Throwable cause) {
        super(message(operation, hresult), Objects.requireNonNull(cause, "cause"));
        this.operation = operation;
        this.hresult = hresult;
    }

    /** {@return the operation that failed and its object} */
    public String operation() {
        return operation;
    }

    /** {@return the result of the operation: a negative number, see {@link Hresults}} */
    public int hresult() {
        return hresult;
    }

    /** {@return the name of the result, for example {@code VD_E_ABORT}} */
    public String codeName() {
        return explanation().name();
    }

    /** {@return the explanation of the result: its meaning, its usual cause, and what to do} */
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
