package io.github.sqlvdi;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;

/**
 * A method of the interface failed. The message says which operation failed, the code by name and number, what it
 * means, the usual cause, and what to do (VDI reference 5.4). If the embedded VDI failed because of an exception, that is
 * the cause of this one, and its message replaces the usual cause: for example what the operating system said.
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
        super(message(operation, hresult, null));
        this.operation = operation;
        this.hresult = hresult;
    }

    /**
     * Makes the exception for an operation that failed because of another exception, whose message becomes part of this
     * one's. Programs need this constructor only for test doubles.
     *
     * @param operation the operation and its object
     * @param hresult the result that stands for the failure
     * @param cause the other exception
     */
    public VdiException(String operation, int hresult, Throwable cause) {
        super(message(operation, hresult, Objects.requireNonNull(cause, "cause")), cause);
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

    private static String message(String operation, int hresult, Throwable cause) {
        Objects.requireNonNull(operation, "operation");
        CodeExplanation it = CodeExplanation.ofHresult(hresult);
        String failure = String.format(Locale.ROOT, "%s failed: %s (0x%08X): ", operation, it.name(), hresult);
        if (cause == null) {
            return failure + it.meaning() + " Usual cause: " + it.usualCause() + " What to do: " + it.cure();
        }
        String why = sentence(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        // What the operating system said is the cause and contains the cure. The usual ones would mislead.
        return isOfSystem(cause) ? failure + why
                : failure + it.meaning() + " Cause: " + why + " What to do: " + it.cure();
    }

    private static boolean isOfSystem(Throwable cause) {
        for (Throwable it = cause; it != null; it = it.getCause()) {
            if (it instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
