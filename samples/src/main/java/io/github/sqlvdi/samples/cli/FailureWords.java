package io.github.sqlvdi.samples.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Failures as sentences. Exceptions of this project are sentences; many of the JDK's say no more than a file's name. */
final class FailureWords {

    private FailureWords() {
    }

    static String of(Throwable failure) {
        return switch (failure) {
            case NoSuchFileException it -> it.getFile() + ": not found, or its folder is missing. Check the name.";
            case AccessDeniedException it -> it.getFile() + ": permission denied. Run as a user who may use it.";
            case FileSystemException it when it.getReason() != null -> it.getFile() + ": " + sentence(it.getReason());
            default -> spoken(failure);
        };
    }

    /** A message of more than one word is a sentence; anything else needs the class beside it. */
    private static String spoken(Throwable failure) {
        String message = failure.getMessage();
        if (message != null && message.contains("No space left")) {
            return sentence(message) + " Make room, or choose another folder.";
        }
        return message != null && message.contains(" ") ? sentence(message) : failure + ".";
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
