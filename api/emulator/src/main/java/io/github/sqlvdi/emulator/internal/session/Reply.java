package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.query.Relation;
import io.github.sqlvdi.emulator.internal.statements.Cancellation;
import io.github.sqlvdi.emulator.internal.tokens.Done;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.tokens.TokenWriter;
import io.github.sqlvdi.emulator.internal.types.Value;
import java.io.IOException;
import java.util.List;

/**
 * The response to one request. The last DONE of a message has no MORE bit, so a DONE is held back until the next token
 * or the end shows which it is. A failed connection is an {@link IOException}, which ends the session.
 */
final class Reply {

    private static final int DONE = 0xFD;
    private static final int DONE_PROCEDURE = 0xFE;
    private static final int DONE_IN_PROCEDURE = 0xFF;

    private final TokenWriter tokens;
    private final SessionState state;
    private final Cancellation cancellation;
    /** How many procedures deep the statements are; above 0 they end with DONEINPROC. */
    private int procedures;
    private boolean pending;
    private int status;
    private int command;
    private long rows;
    private int token;

    Reply(TokenWriter tokens, SessionState state, Cancellation cancellation) {
        this.tokens = tokens;
        this.state = state;
        this.cancellation = cancellation;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    void enterProcedure() {
        procedures++;
    }

    void leaveProcedure() {
        procedures--;
    }

    /** Sends the DONE that waits, because more follows. */
    void release() throws IOException {
        if (pending) {
            pending = false;
            write(status | Done.MORE);
        }
    }

    private void write(int bits) throws IOException {
        int transaction = state.transactions() > 0 ? Done.IN_TRANSACTION : 0;
        tokens.done(token, bits | transaction, command, rows);
    }

    void message(ServerMessage message, int line) throws IOException {
        release();
        tokens.message(message, "", line);
    }

    /** A message that the client shall see now, with a DONE of its own, as BACKUP sends them. */
    void progress(ServerMessage message, int line, int curCmd) throws IOException {
        message(message, line);
        done(curCmd, -1);
        release();
        tokens.flush();
    }

    /** Sends what was written; before a wait. */
    void flush() throws IOException {
        release();
        tokens.flush();
    }

    void result(Relation relation, int curCmd) throws IOException {
        metadata(relation);
        for (List<Object> row : relation.rows()) {
            cancellation.check();
            tokens.row(relation.columns(), row);
        }
        done(curCmd, relation.rows().size());
    }

    void metadata(Relation relation) throws IOException {
        release();
        tokens.columns(relation.columns());
    }

    /** Ends a statement; without a row count if it is negative. */
    void done(int curCmd, long rowCount) throws IOException {
        boolean counts = rowCount >= 0 && !state.noCount();
        if (procedures > 0 && state.noCount() && rowCount < 0) {
            return; // DONEINPROC of statements without rows is left out
        }
        end(statementToken(), counts ? Done.COUNT : 0, curCmd, Math.max(0, rowCount));
    }

    void failed(int curCmd) throws IOException {
        end(statementToken(), Done.ERROR, curCmd, 0);
    }

    private int statementToken() {
        return procedures > 0 ? DONE_IN_PROCEDURE : DONE;
    }

    private void end(int kind, int bits, int curCmd, long rowCount) throws IOException {
        release();
        pending = true;
        token = kind;
        status = bits;
        command = curCmd;
        rows = rowCount;
    }

    void environment(int type, String now, String before) throws IOException {
        release();
        tokens.environment(type, now, before);
    }

    void environment(int type, byte[] now, byte[] before) throws IOException {
        release();
        tokens.environment(type, now, before);
    }

    void returnStatus(int value) throws IOException {
        release();
        tokens.returnStatus(value);
    }

    void returnValue(int ordinal, String name, Value value) throws IOException {
        release();
        tokens.returnValue(ordinal, name, value);
    }

    /** Ends a procedure that a client called. */
    void procedureDone(boolean failed) throws IOException {
        end(DONE_PROCEDURE, failed ? Done.ERROR : 0, Done.EXECUTE, 0);
    }

    /** Ends the message: the DONE that waits is the last one. */
    void finish() throws IOException {
        if (!pending) {
            end(DONE, 0, Done.NONE, 0);
        }
        write(status);
        pending = false;
        tokens.end();
    }

    /** The message that acknowledges an attention, after the end of the response. */
    void acknowledge() throws IOException {
        tokens.done(DONE, Done.ATTENTION, Done.NONE, 0);
        tokens.end();
    }
}
