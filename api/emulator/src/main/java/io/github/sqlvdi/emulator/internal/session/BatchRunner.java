package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.language.Expression;
import io.github.sqlvdi.emulator.internal.language.Parser;
import io.github.sqlvdi.emulator.internal.language.Statement;
import io.github.sqlvdi.emulator.internal.language.SyntaxException;
import io.github.sqlvdi.emulator.internal.query.Evaluator;
import io.github.sqlvdi.emulator.internal.statements.Faults;
import io.github.sqlvdi.emulator.internal.tokens.Done;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.types.ConversionException;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Value;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs the statements of a batch. An error of compilation ends the batch before anything ran; an error of execution ends
 * the statement, and the batch only if SQL Server ends it too.
 */
final class BatchRunner {

    /** Errors of severity 16 that end the batch on a real server; the list is not complete (inferred). */
    private static final Set<Integer> ENDS_BATCH = Set.of(207, 208, 241, 245, 4104, 8115, 8169);
    private static final int COMPILATION = 15;
    private static final int MAX_NESTING = 32;

    private final SessionState state;
    private final Reply reply;
    private final Evaluator evaluator;
    private final StatementRunner statements;
    private int nesting;
    private int tryDepth;
    private boolean failed;

    /** How a statement ended. */
    enum Flow {
        NEXT, BREAK, CONTINUE, RETURN
    }

    BatchRunner(SessionState state, Reply reply, Faults faults) {
        this.state = state;
        this.reply = reply;
        evaluator = new Evaluator(state);
        statements = new StatementRunner(state, reply, evaluator, this, faults);
    }

    /** Whether a statement failed. */
    boolean failed() {
        return failed;
    }

    Evaluator evaluator() {
        return evaluator;
    }

    /** Runs a batch with variables of its own. Returns their last values. */
    Map<String, Value> run(String text, Map<String, Value> variables) throws IOException {
        Map<String, Value> own = new HashMap<>(variables);
        Map<String, Value> before = state.scope(own);
        try {
            runText(text);
        } finally {
            state.scope(before);
        }
        return own;
    }

    /** Runs a text inside the batch: EXECUTE ('...') and sp_executesql. Returns the last values of its variables. */
    Map<String, Value> runNested(String text, Map<String, Value> variables) throws IOException {
        if (nesting >= MAX_NESTING) {
            throw new ServerError(ServerMessage.error(217,
                    "Maximum stored procedure, function, trigger, or view nesting level exceeded (limit %d).",
                    MAX_NESTING));
        }
        nesting++;
        try {
            return run(text, variables);
        } finally {
            nesting--;
        }
    }

    private void runText(String text) throws IOException {
        List<Statement> batch;
        try {
            batch = Parser.parse(text);
        } catch (SyntaxException wrong) {
            ServerMessage message = ServerMessage.syntax(wrong.number(), "%s", wrong.getMessage());
            if (tryDepth > 0) {
                throw new ServerError(message);
            }
            failed = true;
            state.lastError = wrong.number();
            reply.message(message, wrong.line());
            reply.failed(Done.NONE);
            return;
        }
        runAll(batch);
    }

    Flow runAll(List<Statement> list) throws IOException {
        for (Statement statement : list) {
            Flow flow = run(statement);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    Flow run(Statement statement) throws IOException {
        reply.cancellation().check();
        return switch (statement) {
            case Statement.Block block -> runAll(block.statements());
            case Statement.If choice -> {
                Boolean chosen = condition(choice.condition(), choice.line());
                yield chosen == null ? Flow.RETURN : chosen ? run(choice.then())
                        : choice.otherwise() == null ? Flow.NEXT : run(choice.otherwise());
            }
            case Statement.While loop -> loop(loop);
            case Statement.LoopControl control -> control.isBreak() ? Flow.BREAK : Flow.CONTINUE;
            case Statement.TryCatch attempt -> attempt(attempt);
            case Statement.Return end -> {
                statements.returned(end);
                yield Flow.RETURN;
            }
            default -> guarded(statement);
        };
    }

    private Flow loop(Statement.While loop) throws IOException {
        while (true) {
            reply.cancellation().check();
            Boolean again = condition(loop.condition(), loop.line());
            if (again == null) {
                return Flow.RETURN;
            }
            Flow flow = again ? run(loop.body()) : Flow.BREAK;
            if (flow == Flow.RETURN) {
                return flow;
            }
            if (flow == Flow.BREAK) {
                return Flow.NEXT;
            }
        }
    }

    /** Evaluates a condition; null after an error that was reported. */
    private Boolean condition(Expression condition, int line)
            throws IOException {
        try {
            return evaluator.isTrue(condition);
        } catch (ServerError error) {
            report(error, line, Done.OTHER);
            return null;
        }
    }

    private Flow attempt(Statement.TryCatch attempt) throws IOException {
        ServerMessage outer = state.caught;
        int outerLine = state.caughtLine;
        tryDepth++;
        ServerError error;
        try {
            return runAll(attempt.tried());
        } catch (ServerError failure) {
            error = failure;
        } finally {
            tryDepth--;
        }
        state.caught = error.messages().getLast();
        try {
            return runAll(attempt.caught());
        } finally {
            state.caught = outer;
            state.caughtLine = outerLine;
        }
    }

    private Flow guarded(Statement statement) throws IOException {
        try {
            statements.run(statement);
            state.lastError = 0;
            return Flow.NEXT;
        } catch (ServerError error) {
            return report(error, statement.line(), statements.command(statement));
        } catch (ConversionException failure) {
            return report(new ServerError(new ServerMessage(failure.number(), 16, 1, failure.getMessage())),
                    statement.line(), statements.command(statement));
        }
    }

    private Flow report(ServerError error, int line, int command) throws IOException {
        ServerMessage last = error.messages().getLast();
        state.lastError = last.number();
        if (tryDepth > 0) {
            state.caughtLine = line;
            throw error;
        }
        failed = true;
        for (ServerMessage message : error.messages()) {
            reply.message(message, line);
        }
        reply.failed(command);
        boolean ends = last.severity() == COMPILATION || ENDS_BATCH.contains(last.number()) || state.abortsOnError();
        if (ends && state.abortsOnError() && state.transactions() > 0) {
            state.rollback();
        }
        return ends ? Flow.RETURN : Flow.NEXT;
    }

    /** Values of the arguments of a prepared statement, by the names of their declarations. */
    static Value declared(Statement.Declare declaration, Value value) {
        DataType type = Evaluator.type(declaration.type(), false);
        return value == null ? new Value(type, null) : value.as(type);
    }
}
