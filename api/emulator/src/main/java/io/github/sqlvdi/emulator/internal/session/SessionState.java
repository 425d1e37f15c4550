package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.catalog.Catalog;
import io.github.sqlvdi.emulator.internal.catalog.Database;
import io.github.sqlvdi.emulator.internal.catalog.SessionRecord;
import io.github.sqlvdi.emulator.internal.catalog.Sessions;
import io.github.sqlvdi.emulator.internal.query.Environment;
import io.github.sqlvdi.emulator.internal.query.Relation;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Value;
import io.github.sqlvdi.emulator.internal.views.SystemViews;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The state of a session: database, options, transaction, and the variables of the batch. Used by the session's thread. */
final class SessionState implements Environment {

    private final Catalog catalog;
    private final Sessions sessions;
    private final SystemViews views;
    private final SessionRecord session;
    private final String loginDatabase;
    private final SessionFunctions functions;
    private final PreparedStatements prepared = new PreparedStatements();
    private Map<String, Value> variables = new HashMap<>();
    private boolean noCount;
    private boolean implicitTransactions;
    private boolean abortOnError;
    private long transaction;
    private long lastTransaction;
    /** The error of the statement before, 0 for none: {@literal @@}ERROR. */
    int lastError;
    /** The cursors of its scripts. */
    final ScriptCursors cursors = new ScriptCursors();
    /** Rows of the statement before: {@literal @@}ROWCOUNT. */
    long rowCount;
    /** The error that the current CATCH caught, null outside. */
    ServerMessage caught;
    /** Where it happened. */
    int caughtLine;

    SessionState(Catalog catalog, Sessions sessions, SystemViews views, SessionRecord session) {
        this.sessions = sessions;
        this.catalog = catalog;
        this.views = views;
        this.session = session;
        this.loginDatabase = session.database;
        this.functions = new SessionFunctions(this);
    }

    Catalog catalog() {
        return catalog;
    }

    PreparedStatements prepared() {
        return prepared;
    }

    Sessions sessions() {
        return sessions;
    }

    SessionRecord session() {
        return session;
    }

    boolean noCount() {
        return noCount;
    }

    boolean implicitTransactions() {
        return implicitTransactions;
    }

    boolean abortsOnError() {
        return abortOnError;
    }

    int transactions() {
        return session.transactions;
    }

    long transaction() {
        return transaction;
    }

    /** Begins a transaction, or goes one deeper. True if it is the outermost. */
    boolean begin() {
        if (session.transactions++ > 0) {
            return false;
        }
        transaction = ++lastTransaction;
        return true;
    }

    /** Leaves one transaction. True if it was the outermost. */
    boolean commit() {
        return --session.transactions == 0;
    }

    void rollback() {
        session.transactions = 0;
    }

    void option(String name, boolean on) {
        switch (name) {
            case "NOCOUNT" -> noCount = on;
            case "IMPLICIT_TRANSACTIONS" -> implicitTransactions = on;
            case "XACT_ABORT" -> abortOnError = on;
            default -> { // accepted without effect
            }
        }
    }

    /** Back to the state after the login. */
    void reset() {
        noCount = false;
        implicitTransactions = false;
        abortOnError = false;
        session.database = loginDatabase;
        cursors.clear();
        rollback();
    }

    /** The database, or an error that tells why it cannot be used. */
    Database requireUsable(String name) {
        return catalog.locked(all -> {
            Database database = all.find(name).orElseThrow(() -> new ServerError(
                    ServerMessage.error(911,
                            "Database '%s' does not exist. Make sure that the name is entered correctly.",
                            name)));
            ServerMessage problem = switch (database.state) {
                case RESTORING -> new ServerMessage(927, 14, 2,
                        String.format(Locale.ROOT, "Database '%s' cannot be opened. It is in the middle of a restore.",
                                database.name()));
                case OFFLINE -> new ServerMessage(942, 14, 4,
                        String.format(Locale.ROOT, "Database '%s' cannot be opened because it is offline.",
                                database.name()));
                case ONLINE -> null;
            };
            if (problem != null) {
                throw new ServerError(problem);
            }
            return database;
        });
    }

    /** Replaces the variables, for a batch or for dynamic SQL. Returns the ones before. */
    Map<String, Value> scope(Map<String, Value> next) {
        Map<String, Value> before = variables;
        variables = next;
        return before;
    }

    void declare(String name, Value value) {
        variables.put(name.toLowerCase(Locale.ROOT), value);
    }

    /** Assigns a variable; false if it was not declared. */
    boolean assign(String name, Value value) {
        String key = name.toLowerCase(Locale.ROOT);
        Value old = variables.get(key);
        if (old == null) {
            return false;
        }
        variables.put(key, value.as(old.type()));
        return true;
    }

    @Override
    public Optional<Value> variable(String name) {
        return Optional.ofNullable(variables.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public Optional<Value> function(String name, List<Value> arguments) {
        return functions.call(name, arguments);
    }

    @Override
    public Optional<Relation> view(List<String> name) {
        return views.find(name, session.database);
    }

    static Value text(String text) {
        return new Value(DataType.SYSNAME, text);
    }
}
