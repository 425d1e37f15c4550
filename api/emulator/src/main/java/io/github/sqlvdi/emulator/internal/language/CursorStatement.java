package io.github.sqlvdi.emulator.internal.language;

import java.util.List;

/**
 * DECLARE of a cursor, OPEN, FETCH, CLOSE or DEALLOCATE.
 *
 * @param action the first word
 * @param cursor the name of the cursor
 * @param query of DECLARE; null otherwise
 * @param direction of FETCH: NEXT, PRIOR, FIRST or LAST; null otherwise
 * @param variables of FETCH ... INTO, empty without
 * @param line the line
 */
public record CursorStatement(Action action, String cursor, Select query, String direction, List<String> variables,
        int line) implements Statement {

    /** What happens with the cursor. */
    public enum Action {
        /** It gets its query. */
        DECLARE,
        /** Its query is run. */
        OPEN,
        /** It goes to another row. */
        FETCH,
        /** Its rows are forgotten. */
        CLOSE,
        /** It is forgotten. */
        DEALLOCATE
    }
}
