package io.github.sqlvdi.stream;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** Chooses the completion code with which the server learns of an exception, and the words of exceptions. */
final class IoFailures {

    /**
     * Texts of the operating systems for a full disk, because Java passes on only the text and not the error number. A
     * text in another language than English is not recognised. Then the server gets ERROR_WRITE_FAULT, which it treats
     * the same way.
     */
    private static final String[] NO_SPACE = {
        "no space left", "not enough space", "disk quota exceeded", "disk full", "file too large"
    };

    private IoFailures() {
    }

    /** {@return the failure with the name of the content in its message; a closed channel needs none} */
    static IOException named(String name, IOException failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        if (failure instanceof ClosedChannelException || message.contains(name)) {
            return failure;
        }
        FileSystemException named = new FileSystemException(name, null, message);
        named.initCause(failure);
        return named;
    }

    static int completionCode(CommandCode command, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DeviceFailureException chosen) {
                return chosen.completionCode();
            }
            if (saysNoSpace(cause.getMessage())) {
                return CompletionCodes.DISK_FULL;
            }
        }
        return switch (command) {
            case READ -> CompletionCodes.READ_FAULT;
            case WRITE, WRITE_MARK, FLUSH, COMPLETE -> CompletionCodes.WRITE_FAULT;
            default -> CompletionCodes.IO_DEVICE;
        };
    }

    private static boolean saysNoSpace(String message) {
        if (message == null) {
            return false;
        }
        String text = message.toLowerCase(Locale.ROOT);
        for (String sign : NO_SPACE) {
            if (text.contains(sign)) {
                return true;
            }
        }
        return false;
    }
}
