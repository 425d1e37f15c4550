package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.language.CursorStatement;
import io.github.sqlvdi.emulator.internal.language.Select;
import io.github.sqlvdi.emulator.internal.query.Evaluator;
import io.github.sqlvdi.emulator.internal.query.Relation;
import io.github.sqlvdi.emulator.internal.tokens.Done;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.types.Value;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The cursors that the scripts of a session declare. Every one is static: its rows are those of the moment in which it was
 * opened. Used by the session's thread.
 */
final class ScriptCursors {

    private static final int MOST = 1_000;
    private static final int BEYOND = -1;

    private final Map<String, Cursor> cursors = new HashMap<>();
    private int fetchStatus;

    /** A cursor, with its rows while it is open. */
    private static final class Cursor {
        private final Select query;
        private Relation rows;
        private int position;

        Cursor(Select query) {
            this.query = query;
        }
    }

    /** 0 after a fetch of a row, -1 behind the last one. */
    int fetchStatus() {
        return fetchStatus;
    }

    void clear() {
        cursors.clear();
        fetchStatus = 0;
    }

    void run(CursorStatement statement, SessionState state, Evaluator evaluator, Reply reply) throws IOException {
        String key = statement.cursor().toLowerCase(Locale.ROOT);
        if (statement.action() == CursorStatement.Action.DECLARE) {
            if (cursors.containsKey(key)) {
                throw error(16915, "A cursor with the name '%s' already exists.", statement.cursor());
            }
            if (cursors.size() >= MOST) {
                throw error(701,
                        "There is insufficient system memory to run this query: a session may have %d cursors.",
                        MOST);
            }
            cursors.put(key, new Cursor(statement.query()));
            return;
        }
        Cursor cursor = cursors.get(key);
        if (cursor == null) {
            throw error(16916, "A cursor with the name '%s' does not exist.", statement.cursor());
        }
        switch (statement.action()) {
            case OPEN -> {
                if (cursor.rows != null) {
                    throw error(16905, "The cursor is already open.");
                }
                cursor.rows = evaluator.query(cursor.query);
                cursor.position = BEYOND;
            }
            case FETCH -> fetch(open(cursor), statement, state, reply);
            case CLOSE -> open(cursor).rows = null;
            default -> cursors.remove(key);
        }
    }

    private static ServerError error(int number, String text, Object... arguments) {
        return new ServerError(ServerMessage.error(number, text, arguments));
    }

    private static Cursor open(Cursor cursor) {
        if (cursor.rows == null) {
            throw error(16917, "Cursor is not open.");
        }
        return cursor;
    }

    private void fetch(Cursor cursor, CursorStatement statement, SessionState state, Reply reply) throws IOException {
        int count = cursor.rows.rows().size();
        cursor.position = Math.clamp(switch (statement.direction()) {
            case "FIRST" -> 0;
            case "LAST" -> count - 1;
            case "PRIOR" -> cursor.position - 1;
            default -> cursor.position + 1;
        }, BEYOND, count);
        boolean found = cursor.position >= 0 && cursor.position < count;
        fetchStatus = found ? 0 : BEYOND;
        List<String> variables = statement.variables();
        if (variables.isEmpty()) {
            reply.result(new Relation(cursor.rows.columns(),
                    found ? List.of(cursor.rows.rows().get(cursor.position)) : List.of()), Done.SELECT);
            return;
        }
        if (variables.size() != cursor.rows.columns().size()) {
            throw error(16924, "Cursorfetch: The number of variables declared in the INTO list must match that of "
                    + "selected columns.");
        }
        for (int index = 0; found && index < variables.size(); index++) {
            Value value = new Value(cursor.rows.columns().get(index).type(),
                    cursor.rows.rows().get(cursor.position).get(index));
            if (!state.assign(variables.get(index), value)) {
                throw new ServerError(
                        ServerMessage.syntax(137, "Must declare the scalar variable \"%s\".", variables.get(index)));
            }
        }
    }
}
