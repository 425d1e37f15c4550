package io.github.sqlvdi.statement;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The server's answer to a statement. Only this answer tells whether the statement succeeded, because the devices end
 * the same way after a good and after a failed statement (VDI reference 2.7, 11.1).
 *
 * @param good whether the statement succeeded
 * @param messages the server's messages in order, 3014 among them after success
 * @param bytes the bytes the server moved, over all devices; empty when the server does not report them
 * @param results the result sets in order, for example the one of {@code RESTORE HEADERONLY}
 */
public record Verdict(boolean good, List<SqlMessage> messages, OptionalLong bytes, List<ResultTable> results) {

    /** Keeps copies of the messages and the result sets. */
    public Verdict {
        messages = List.copyOf(messages);
        Objects.requireNonNull(bytes, "bytes");
        results = List.copyOf(results);
    }

    /**
     * Makes a verdict without result sets.
     *
     * @param good whether the statement succeeded
     * @param messages the server's messages in order
     * @param bytes the bytes the server moved; empty when the server does not report them
     */
    public Verdict(boolean good, List<SqlMessage> messages, OptionalLong bytes) {
        this(good, messages, bytes, List.of());
    }

    /**
     * Returns the first error among the messages, or the last message when there is no error.
     *
     * @return one line; empty when there is no message
     */
    public Optional<String> headline() {
        return messages.stream().filter(SqlMessage::isError).findFirst()
                .or(() -> messages.isEmpty() ? Optional.empty()
                        : Optional.of(messages.getLast()))
                .map(SqlMessage::toString);
    }
}
