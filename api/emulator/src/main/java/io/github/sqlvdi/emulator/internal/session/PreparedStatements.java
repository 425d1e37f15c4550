package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.language.Statement;
import io.github.sqlvdi.emulator.internal.query.Relation;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The prepared statements and cursors of a session. Their number is bounded. */
final class PreparedStatements {

    private static final int LIMIT = 10_000;
    private static final int FIRST_CURSOR = 180_150_003;

    private final Map<Integer, Prepared> statements = new HashMap<>();
    private final Map<Integer, Cursor> cursors = new HashMap<>();
    private int lastHandle;
    private int lastCursor = FIRST_CURSOR;

    /**
     * A prepared statement.
     *
     * @param text the statement
     * @param declarations its parameters
     */
    record Prepared(String text, List<Statement.Declare> declarations) {
    }

    /** An open cursor: a result and a position in it. */
    static final class Cursor {
        final Relation result;
        /** The row before the next one, from 0. */
        int position;

        Cursor(Relation result) {
            this.result = result;
        }
    }

    int add(Prepared prepared) {
        requireRoom(statements.size());
        statements.put(++lastHandle, prepared);
        return lastHandle;
    }

    Prepared require(int handle) {
        Prepared found = statements.get(handle);
        if (found == null) {
            throw new ServerError(
                    ServerMessage.error(8179, "Could not find prepared statement with handle %d.", handle));
        }
        return found;
    }

    void remove(int handle) {
        statements.remove(handle);
    }

    int open(Relation result) {
        requireRoom(cursors.size());
        cursors.put(lastCursor += 2, new Cursor(result));
        return lastCursor;
    }

    Cursor requireCursor(int handle) {
        Cursor found = cursors.get(handle);
        if (found == null) {
            throw new ServerError(
                    ServerMessage.error(16909, "sp_cursor: The cursor identifier value provided (%x) is not "
                            + "valid.", handle));
        }
        return found;
    }

    void close(int handle) {
        cursors.remove(handle);
    }

    private static void requireRoom(int size) {
        if (size >= LIMIT) {
            throw new ServerError(
                    new ServerMessage(701, 17, 123, "There is insufficient system memory in resource pool "
                            + "'default' to run this query."));
        }
    }
}
