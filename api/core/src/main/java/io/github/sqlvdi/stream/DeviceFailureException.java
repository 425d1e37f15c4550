package io.github.sqlvdi.stream;

import io.github.sqlvdi.CompletionCode;
import java.io.IOException;
import java.util.Locale;

/**
 * A command failed with a certain Win32 code: thrown by a {@link CommandHandler} to choose the code that the server gets
 * (VDI reference 5.5).
 */
public final class DeviceFailureException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The Win32 code the device gave for the command. */
    private final int completionCode;

    /**
     * A failure with its code.
     *
     * @param completionCode a Win32 error number other than 0, see {@link CompletionCode}
     * @param message what happened, without the code; the code is added
     * @param cause the reason, or null
     * @throws IllegalArgumentException if the code is 0, which means success
     */
    public DeviceFailureException(int completionCode, String message, Throwable cause) {
        super(String.format(Locale.ROOT, "%s: %s (%d)", message, CompletionCode.name(completionCode), completionCode),
                cause);
        if (completionCode == CompletionCode.SUCCESS) {
            throw new IllegalArgumentException("completionCode is 0, which is success: expected an error number");
        }
        this.completionCode = completionCode;
    }

    /**
     * The code the command is completed with.
     *
     * @return a Win32 error number
     */
    public int completionCode() {
        return completionCode;
    }
}
