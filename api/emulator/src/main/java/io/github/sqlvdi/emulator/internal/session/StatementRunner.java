package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.catalog.SessionRecord;
import io.github.sqlvdi.emulator.internal.language.BackupStatement;
import io.github.sqlvdi.emulator.internal.language.CursorStatement;
import io.github.sqlvdi.emulator.internal.language.RestoreStatement;
import io.github.sqlvdi.emulator.internal.language.Select;
import io.github.sqlvdi.emulator.internal.language.Statement;
import io.github.sqlvdi.emulator.internal.query.Evaluator;
import io.github.sqlvdi.emulator.internal.query.Relation;
import io.github.sqlvdi.emulator.internal.statements.BackupRunner;
import io.github.sqlvdi.emulator.internal.statements.Faults;
import io.github.sqlvdi.emulator.internal.statements.Restores;
import io.github.sqlvdi.emulator.internal.tokens.Done;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Value;
import java.io.IOException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs the statements that are no control of flow. */
final class StatementRunner {

    private final SessionState state;
    private final Reply reply;
    private final Evaluator evaluator;
    private final BatchRunner batch;
    private final Faults faults;
    private final DatabaseChanges changes;
    private final Transactions transactions;

    StatementRunner(SessionState state, Reply reply, Evaluator evaluator, BatchRunner batch, Faults faults) {
        this.state = state;
        this.reply = reply;
        this.evaluator = evaluator;
        this.batch = batch;
        this.faults = faults;
        changes = new DatabaseChanges(state, reply);
        transactions = new Transactions(state, reply);
    }

    /** curCmd of the DONE that ends the statement when it fails. */
    int command(Statement statement) {
        return switch (statement) {
            case Select select -> Done.SELECT;
            case BackupStatement backup -> backup.log() ? Done.BACKUP_LOG : Done.BACKUP_DATABASE;
            case RestoreStatement restore -> switch (restore.kind()) {
                case DATABASE, LOG, REWINDONLY -> Done.RESTORE;
                case HEADERONLY, LABELONLY -> Done.HEADER_ONLY;
                case FILELISTONLY -> Done.FILE_LIST_ONLY;
                case VERIFYONLY -> Done.VERIFY_ONLY;
            };
            case Statement.Use use -> Done.USE;
            case Statement.Execute execute -> Done.EXECUTE;
            case Statement.DatabaseChange change -> changes.command(change);
            default -> Done.OTHER;
        };
    }

    void run(Statement statement) throws IOException {
        switch (statement) {
            case Select select -> select(select);
            case BackupStatement backup -> {
                reply.release();
                BackupRunner.run(backup, context(backup), faults);
            }
            case RestoreStatement restore -> {
                reply.release();
                Restores.run(restore, context(restore), faults);
            }
            case Statement.Declare declare -> state.declare(declare.name(), BatchRunner.declared(declare,
                    declare.value() == null ? null : evaluator.value(declare.value())));
            case Statement.SetVariable set -> assign(set.name(), evaluator.value(set.value()));
            case Statement.SetOption set -> {
                set.names().forEach(name -> state.option(name, set.value().equalsIgnoreCase("ON")));
                reply.done(Done.OTHER, -1);
            }
            case CursorStatement cursor -> state.cursors.run(cursor, state, evaluator, reply);
            case Statement.Print print -> {
                String text = evaluator.value(print.value()).text();
                reply.message(new ServerMessage(0, 0, 1, text == null || text.isEmpty() ? " " : text), print.line());
            }
            case Statement.RaiseError raise -> RaisedErrors.raise(raise, evaluator, reply);
            case Statement.Throw thrown -> RaisedErrors.rethrow(thrown, evaluator, state.caught);
            case Statement.WaitFor wait -> waitFor(wait);
            case Statement.Use use -> use(use.database(), use.line());
            case Statement.Execute execute ->
                    new ProcedureRunner(state, reply, evaluator, batch, faults).execute(execute);
            case Statement.ExecuteText execute -> {
                String text = evaluator.value(execute.text()).text();
                batch.runNested(text == null ? "" : text, Map.of());
            }
            case Statement.Transaction transaction -> transactions.run(transaction.action());
            case Statement.DatabaseChange change -> changes.run(change);
            case Statement.Kill kill -> kill(kill);
            default -> throw new IllegalStateException("No runner for " + statement.getClass().getSimpleName());
        }
    }

    private SessionContext context(Statement statement) {
        return new SessionContext(state, reply, evaluator, statement.line(), command(statement));
    }

    /** RETURN: outside a procedure its status goes nowhere. */
    void returned(Statement.Return end) {
        if (end.status() != null) {
            evaluator.value(end.status());
        }
    }

    private void assign(String name, Value value) {
        if (!state.assign(name, value)) {
            throw new ServerError(ServerMessage.syntax(137, "Must declare the scalar variable \"%s\".", name));
        }
    }

    private void select(Select select) throws IOException {
        if (!select.tables().isEmpty() && state.implicitTransactions() && state.transactions() == 0) {
            transactions.begin();
        }
        boolean assigns = select.items().stream().anyMatch(item -> item.variable() != null);
        Relation result = evaluator.query(select);
        state.rowCount = result.rows().size();
        if (!assigns) {
            reply.result(result, Done.SELECT);
            return;
        }
        for (List<Object> row : result.rows()) {
            for (int index = 0; index < select.items().size(); index++) {
                Select.Item item = select.items().get(index);
                if (item.variable() == null) {
                    throw new ServerError(
                            ServerMessage.syntax(141, "A SELECT statement that assigns a value to a variable "
                                    + "must not be combined with data-retrieval operations."));
                }
                assign(item.variable(), new Value(result.columns().get(index).type(), row.get(index)));
            }
        }
        reply.done(Done.SELECT, result.rows().size());
    }

    private void waitFor(Statement.WaitFor wait) throws IOException {
        String text = evaluator.value(wait.time()).text();
        LocalTime time;
        try {
            String padded = text == null ? "" : text.strip();
            time = LocalTime.parse(padded.indexOf(':') == 1 ? "0" + padded : padded);
        } catch (DateTimeParseException wrong) {
            throw new ServerError(
                    ServerMessage.syntax(148, "Incorrect time syntax in time string '%s' used with WAITFOR.",
                            text));
        }
        reply.flush();
        long nanos = time.toNanoOfDay();
        if (!wait.delay()) {
            long day = 24 * 3600 * 1_000_000_000L;
            nanos = Math.floorMod(nanos - LocalTime.now(ZoneId.systemDefault()).toNanoOfDay(), day);
        }
        reply.cancellation().pause(nanos);
    }

    void use(String name, int line) throws IOException {
        String database = state.requireUsable(name).name();
        String before = state.session().database;
        state.session().database = database;
        reply.environment(1, database, before);
        reply.message(new ServerMessage(5701, 10, 1,
                String.format(Locale.ROOT, "Changed database context to '%s'.", database)), line);
        reply.done(Done.USE, -1);
    }

    private void kill(Statement.Kill kill) throws IOException {
        Object spid = evaluator.value(kill.session()).as(DataType.INT).value();
        SessionRecord other = spid == null ? null : state.sessions().find((Integer) spid).orElse(null);
        if (other == null) {
            throw new ServerError(ServerMessage.error(6106, "Process ID %s is not an active process ID.", spid));
        }
        if (other == state.session()) {
            throw new ServerError(ServerMessage.error(6104, "Cannot use KILL to kill your own process."));
        }
        other.kill();
        reply.done(Done.OTHER, -1);
    }
}
