package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.catalog.Catalog;
import io.github.sqlvdi.emulator.internal.catalog.SessionRecord;
import io.github.sqlvdi.emulator.internal.catalog.Sessions;
import io.github.sqlvdi.emulator.internal.query.Evaluator;
import io.github.sqlvdi.emulator.internal.query.Relation;
import io.github.sqlvdi.emulator.internal.statements.Cancellation;
import io.github.sqlvdi.emulator.internal.statements.StatementContext;
import io.github.sqlvdi.emulator.internal.tokens.Done;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import java.io.IOException;

/** A session as BACKUP and RESTORE see it. */
final class SessionContext implements StatementContext {

    private final SessionState state;
    private final Reply reply;
    private final Evaluator evaluator;
    private final int line;
    private final int curCmd;

    SessionContext(SessionState state, Reply reply, Evaluator evaluator, int line, int curCmd) {
        this.state = state;
        this.reply = reply;
        this.evaluator = evaluator;
        this.line = line;
        this.curCmd = curCmd;
    }

    @Override
    public Catalog catalog() {
        return state.catalog();
    }

    @Override
    public Sessions sessions() {
        return state.sessions();
    }

    @Override
    public SessionRecord session() {
        return state.session();
    }

    @Override
    public Evaluator evaluator() {
        return evaluator;
    }

    @Override
    public Cancellation cancellation() {
        return reply.cancellation();
    }

    @Override
    public boolean inTransaction() {
        return state.transactions() > 0 || state.implicitTransactions();
    }

    @Override
    public void progress(ServerMessage message) throws IOException {
        reply.progress(message, line, curCmd);
    }

    @Override
    public void last(ServerMessage message) throws IOException {
        reply.message(message, line);
        reply.done(curCmd, -1);
    }

    @Override
    public void rows(Relation relation) throws IOException {
        reply.result(relation, Done.RESTORE_ROWS);
        reply.done(curCmd, -1);
    }
}
