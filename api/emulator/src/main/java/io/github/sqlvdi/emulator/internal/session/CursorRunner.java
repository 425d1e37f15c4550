package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.language.Parser;
import io.github.sqlvdi.emulator.internal.language.Select;
import io.github.sqlvdi.emulator.internal.language.Statement;
import io.github.sqlvdi.emulator.internal.language.SyntaxException;
import io.github.sqlvdi.emulator.internal.query.Relation;
import io.github.sqlvdi.emulator.internal.tokens.Column;
import io.github.sqlvdi.emulator.internal.tokens.Done;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cursors as r2dbc and JDBC use them. A statement that no cursor holds runs as a plain one, with cursor 0 (inferred). */
final class CursorRunner {

    private static final int FETCHED = 1;
    private static final int FIRST = 0x1;
    private static final int NEXT = 0x2;
    private static final int PREVIOUS = 0x4;
    private static final int LAST = 0x8;
    private static final int ABSOLUTE = 0x10;
    private static final int RELATIVE = 0x20;
    private static final int INFO = 0x100;

    private final SessionState state;
    private final Reply reply;
    private final RpcRunner calls;

    CursorRunner(SessionState state, Reply reply, RpcRunner calls) {
        this.state = state;
        this.reply = reply;
        this.calls = calls;
    }

    void call(RpcCall call) throws IOException {
        switch (call.name()) {
            case "sp_cursoropen" -> {
                Map<String, Value> values = RpcRunner.bind(RpcRunner.declarations(call.text(5)), call.from(6));
                int cursor = open(call.text(1), values);
                answer(new int[]{0, 2, 3, 4}, cursor, call.integer(2, 0), call.integer(3, 0), call.integer(4, 0));
            }
            case "sp_cursorprepexec" -> {
                int prepared = calls.prepare(call.text(3), call.text(2));
                Map<String, Value> values = RpcRunner.bind(RpcRunner.declarations(call.text(2)), call.from(7));
                int cursor = open(call.text(3), values);
                answer(new int[]{0, 1, 4, 5, 6}, prepared, cursor, call.integer(4, 0), call.integer(5, 0),
                        call.integer(6, 0));
            }
            case "sp_cursorprepare" -> answer(new int[]{0}, calls.prepare(call.text(2), call.text(1)));
            case "sp_cursorexecute" -> {
                PreparedStatements.Prepared prepared = state.prepared().require(call.integer(0, 0));
                int cursor = open(prepared.text(), RpcRunner.bind(prepared.declarations(), call.from(5)));
                answer(new int[]{1, 2, 3, 4}, cursor, call.integer(2, 0), call.integer(3, 0), call.integer(4, 0));
            }
            case "sp_cursorfetch" -> fetch(call);
            case "sp_cursorclose" -> {
                state.prepared().close(call.integer(0, 0));
                calls.succeeded();
            }
            case "sp_cursorunprepare" -> {
                state.prepared().remove(call.integer(0, 0));
                calls.succeeded();
            }
            default -> calls.succeeded();
        }
    }

    private void answer(int[] ordinals, int... values) throws IOException {
        reply.returnStatus(calls.batch().failed() ? 1 : 0);
        for (int index = 0; index < ordinals.length; index++) {
            reply.returnValue(ordinals[index], "", Value.of(values[index]));
        }
        reply.procedureDone(calls.batch().failed());
    }

    private int open(String text, Map<String, Value> values) throws IOException {
        Select query = query(text == null ? "" : text);
        if (query == null) {
            calls.execute(text, values);
            return 0;
        }
        Map<String, Value> before = state.scope(new HashMap<>(values));
        Relation result;
        try {
            result = calls.batch().evaluator().query(query);
        } finally {
            state.scope(before);
        }
        result = withStatus(result);
        int cursor = state.prepared().open(result);
        reply.enterProcedure();
        reply.metadata(result);
        reply.done(Done.SELECT, 0);
        reply.leaveProcedure();
        return cursor;
    }

    /** Rows of a cursor have a last column that tells whether the row was fetched; drivers take it away. */
    private static Relation withStatus(Relation result) {
        List<Column> columns = new ArrayList<>(result.columns());
        columns.add(new Column("ROWSTAT", DataType.INT));
        List<List<Object>> rows = new ArrayList<>();
        for (List<Object> row : result.rows()) {
            List<Object> more = new ArrayList<>(row);
            more.add(FETCHED);
            rows.add(more);
        }
        return new Relation(columns, rows);
    }

    /** The only query of a text; null if it is something else. */
    private static Select query(String text) {
        try {
            List<Statement> statements = Parser.parse(text);
            boolean single = statements.size() == 1 && statements.getFirst() instanceof Select select
                    && select.items().stream().allMatch(item -> item.variable() == null);
            return single ? (Select) statements.getFirst() : null;
        } catch (SyntaxException wrong) {
            throw new ServerError(ServerMessage.syntax(wrong.number(), "%s", wrong.getMessage()));
        }
    }

    private void fetch(RpcCall call) throws IOException {
        PreparedStatements.Cursor cursor = state.prepared().requireCursor(call.integer(0, 0));
        int type = call.integer(1, NEXT);
        int row = call.integer(2, 0);
        int count = Math.max(0, call.integer(3, 1));
        int size = cursor.result.rows().size();
        if ((type & INFO) != 0) {
            reply.returnStatus(0);
            reply.returnValue(2, "", Value.of(Math.min(cursor.position, size)));
            reply.returnValue(3, "", Value.of(size));
            reply.procedureDone(false);
            return;
        }
        int begin = Math.clamp(switch (type) {
            case FIRST -> 0L;
            case PREVIOUS -> (long) cursor.position - 2L * count;
            case LAST -> (long) size - count;
            case ABSOLUTE -> row < 0 ? (long) size + row : row - 1L;
            case RELATIVE -> (long) cursor.position + row - 1L;
            default -> cursor.position;
        }, 0, size);
        int end = (int) Math.min((long) begin + count, size);
        cursor.position = end;
        reply.enterProcedure();
        reply.result(new Relation(cursor.result.columns(), cursor.result.rows().subList(begin, end)), Done.SELECT);
        reply.leaveProcedure();
        reply.returnStatus(0);
        reply.procedureDone(false);
    }
}
