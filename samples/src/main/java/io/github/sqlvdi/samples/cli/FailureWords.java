package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.statement.Verdict;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Turns failures into sentences. Messages of this project's exceptions are sentences already; many of the JDK's contain
 * only the name of a file.
 */
final class FailureWords {

    private FailureWords() {
    }

    static String of(Throwable failure) {
        return switch (failure) {
            case FailedException it -> sentence(it.getMessage()); // made of this class's words already
            case NoSuchFileException it -> it.getFile() + ": not found, or its folder is missing. Check the name.";
            case AccessDeniedException it -> it.getFile() + ": permission denied. Run as a user who may use it.";
            case FileSystemException it when it.getReason() != null -> it.getFile() + ": " + sentence(it.getReason());
            default -> spoken(failure);
        };
    }

    /** {@return the errors of a statement and a hint to {@code sqlvdi explain}; empty if there are no errors} */
    static List<String> of(Verdict verdict) {
        List<String> lines = new ArrayList<>();
        List<SqlMessage> errors = verdict.messages().stream().filter(SqlMessage::isError).toList();
        errors.forEach(message -> lines.add(message.toString()));
        if (!errors.isEmpty()) {
            lines.add(String.format(Locale.ROOT, "'sqlvdi explain %d' says more about a message.",
                    errors.getFirst().number()));
        }
        return lines;
    }

    /** Uses the message alone if it has more than one word, because then it is a sentence. Otherwise adds the class. */
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
