package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.catalog.Catalog;
import io.github.sqlvdi.emulator.internal.catalog.SessionRecord;
import io.github.sqlvdi.emulator.internal.catalog.Sessions;
import io.github.sqlvdi.emulator.internal.query.Evaluator;
import io.github.sqlvdi.emulator.internal.query.Relation;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import java.io.IOException;

/** The session that a BACKUP or RESTORE runs in. Used by the session's thread. */
public interface StatementContext {

    /** {@return the databases} */
    Catalog catalog();

    /** {@return all sessions} */
    Sessions sessions();

    /** {@return this session} */
    SessionRecord session();

    /** {@return evaluates names and values of options} */
    Evaluator evaluator();

    /** {@return whether the request was cancelled} */
    Cancellation cancellation();

    /** {@return whether a transaction is open, or every statement begins one} */
    boolean inTransaction();

    /**
     * Sends a message with a DONE of its own, now.
     *
     * @param message the message
     * @throws IOException if the connection failed
     */
    void progress(ServerMessage message) throws IOException;

    /**
     * Sends the last message of a statement; its DONE ends the statement.
     *
     * @param message the message
     * @throws IOException if the connection failed
     */
    void last(ServerMessage message) throws IOException;

    /**
     * Sends a result set of RESTORE HEADERONLY or one like it, and ends the statement.
     *
     * @param relation the rows
     * @throws IOException if the connection failed
     */
    void rows(Relation relation) throws IOException;
}
