package io.github.sqlvdi.emulator;

import io.github.sqlvdi.statement.SqlMessage;
import java.util.List;

/** Thrown when the statement fails. The messages say why. */
final class StatementFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<SqlMessage> messages;

    StatementFailure(List<SqlMessage> messages) {
        super(messages.getFirst().text());
        this.messages = messages;
    }

    StatementFailure(SqlMessage message) {
        this(List.of(message));
    }

    List<SqlMessage> messages() {
        return messages;
    }
}
