package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.statement.SqlMessage;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the maker of a statement adds to its execution.
 *
 * @param notes messages that stand before those of the server
 * @param answered called as soon as nothing more comes from the server, with the first error or other words; must not
 *     block. The verdict may come much later: if the connection is lost, the history is asked first
 */
record StatementWatch(List<SqlMessage> notes, Consumer<String> answered) {

    static final StatementWatch NONE = new StatementWatch(List.of());

    StatementWatch(List<SqlMessage> notes) {
        this(notes, words -> {
        });
    }
}
