package io.github.sqlvdi.stream;

import io.github.sqlvdi.CompletionCodes;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;

/**
 * A command failed with a certain Win32 code: a {@link CommandHandler} throws it to choose the code that the server
 * gets (VDI reference 5.5).
 */
public final class DeviceFailureException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The Win32 code with which the command is completed. */
    private final int completionCode;

    /**
     * Makes a failure with a code.
     *
     * @param completionCode a Win32 error number other than 0, see {@link CompletionCodes}
     * @param message what happened, without the code; the code is added
     * @throws IllegalArgumentException if the code is 0, which means success
     */
    public DeviceFailureException(int completionCode, String message) {
        super(text(completionCode, message));
        this.completionCode = completionCode;
    }

    /**
     * Makes a failure with a code and a cause.
     *
     * @param completionCode a Win32 error number other than 0, see {@link CompletionCodes}
     * @param message what happened, without the code; the code is added
     * @param cause the exception that caused the failure
     * @throws IllegalArgumentException if the code is 0, which means success
     */
    public DeviceFailureException(int completionCode, String message, Throwable cause) {
        super(text(completionCode, message), Objects.requireNonNull(cause, "cause"));
        this.completionCode = completionCode;
    }

    private static String text(int completionCode, String message) {
        if (completionCode == CompletionCodes.SUCCESS) {
            throw new IllegalArgumentException("completionCode is 0, which is success: expected an error number");
        }
        return String.format(Locale.ROOT, "%s: %s (%d)", message, CompletionCodes.name(completionCode), completionCode);
    }

    /** {@return the Win32 error number with which the command is completed} */
    public int completionCode() {
        return completionCode;
    }
}
