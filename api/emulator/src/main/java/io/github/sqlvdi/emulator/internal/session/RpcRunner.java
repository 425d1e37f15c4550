package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.language.Parser;
import io.github.sqlvdi.emulator.internal.language.Statement;
import io.github.sqlvdi.emulator.internal.language.SyntaxException;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.types.ConversionException;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Value;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs the calls of RPC requests: sp_executesql, prepared statements, cursors (TDS reference 5.3). */
final class RpcRunner {

    private final SessionState state;
    private final Reply reply;
    private final BatchRunner batch;
    private final CursorRunner cursors;

    RpcRunner(SessionState state, Reply reply, BatchRunner batch) {
        this.state = state;
        this.reply = reply;
        this.batch = batch;
        cursors = new CursorRunner(state, reply, this);
    }

    /** The text that the server keeps as executed: the statement, or the name of the procedure. */
    static String shown(RpcCall call) {
        int statement = switch (call.name()) {
            case "sp_executesql" -> 0;
            case "sp_cursoropen" -> 1;
            case "sp_prepexec" -> 2;
            case "sp_cursorprepexec" -> 3;
            default -> -1;
        };
        String text = statement < 0 ? null : call.text(statement);
        return text == null ? call.fullName() : text;
    }

    void run(RpcCall call) throws IOException {
        try {
            call(call);
        } catch (ServerError error) {
            fail(error);
        } catch (ConversionException failure) {
            fail(new ServerError(new ServerMessage(failure.number(), 16, 1, failure.getMessage())));
        }
    }

    private void fail(ServerError error) throws IOException {
        for (ServerMessage message : error.messages()) {
            reply.message(message, 1);
        }
        state.lastError = error.messages().getLast().number();
        reply.procedureDone(true);
    }

    private void call(RpcCall call) throws IOException {
        switch (call.name()) {
            case "sp_executesql" -> {
                List<Statement.Declare> declarations = declarations(call.text(1));
                Map<String, Value> last = execute(call.text(0), bind(declarations, call.from(2)));
                reply.returnStatus(status());
                returnOutputs(declarations, call, 2, last);
                reply.procedureDone(batch.failed());
            }
            case "sp_prepare" -> {
                int handle = prepare(call.text(2), call.text(1));
                reply.returnStatus(0);
                reply.returnValue(0, "", Value.of(handle));
                reply.procedureDone(false);
            }
            case "sp_prepexec" -> {
                int handle = prepare(call.text(2), call.text(1));
                List<Statement.Declare> declarations = declarations(call.text(1));
                Map<String, Value> last = execute(call.text(2), bind(declarations, call.from(3)));
                reply.returnStatus(status());
                reply.returnValue(0, "", Value.of(handle));
                returnOutputs(declarations, call, 3, last);
                reply.procedureDone(batch.failed());
            }
            case "sp_execute" -> {
                PreparedStatements.Prepared prepared = state.prepared().require(call.integer(0, 0));
                Map<String, Value> last = execute(prepared.text(), bind(prepared.declarations(), call.from(1)));
                reply.returnStatus(status());
                returnOutputs(prepared.declarations(), call, 1, last);
                reply.procedureDone(batch.failed());
            }
            case "sp_unprepare" -> {
                state.prepared().remove(call.integer(0, 0));
                succeeded();
            }
            case "sp_cursoropen", "sp_cursorprepexec", "sp_cursorprepare", "sp_cursorexecute", "sp_cursorfetch",
                    "sp_cursoroption", "sp_cursorclose", "sp_cursorunprepare" -> cursors.call(call);
            default -> throw ProcedureRunner.unknown(call.fullName());
        }
    }

    private int status() {
        return batch.failed() ? 1 : 0;
    }

    void succeeded() throws IOException {
        reply.returnStatus(status());
        reply.procedureDone(batch.failed());
    }

    int prepare(String text, String declarations) {
        return state.prepared()
                .add(new PreparedStatements.Prepared(text == null ? "" : text, declarations(declarations)));
    }

    /** Executes a text. Returns the last values of its variables. */
    Map<String, Value> execute(String text, Map<String, Value> variables) throws IOException {
        reply.enterProcedure();
        try {
            return batch.run(text == null ? "" : text, variables);
        } finally {
            reply.leaveProcedure();
        }
    }

    /** Sends the last values of the parameters that the client wants back. */
    private void returnOutputs(List<Statement.Declare> declarations, RpcCall call, int first, Map<String, Value> last)
            throws IOException {
        List<RpcCall.Parameter> parameters = call.from(first);
        for (int index = 0; index < parameters.size(); index++) {
            RpcCall.Parameter each = parameters.get(index);
            String name = !each.name().isEmpty() ? each.name()
                    : index < declarations.size() ? declarations.get(index).name() : "";
            Value value = last.get(name.toLowerCase(Locale.ROOT));
            if (each.output() && value != null) {
                reply.returnValue(first + index, each.name(), value);
            }
        }
    }

    BatchRunner batch() {
        return batch;
    }

    static List<Statement.Declare> declarations(String text) {
        try {
            return text == null ? List.of() : Parser.declarations(text);
        } catch (SyntaxException wrong) {
            throw new ServerError(ServerMessage.syntax(wrong.number(), "%s", wrong.getMessage()));
        }
    }

    /** Names the values: by their own names, else by the declaration at their position. */
    static Map<String, Value> bind(List<Statement.Declare> declarations, List<RpcCall.Parameter> parameters) {
        Map<String, Value> variables = new HashMap<>();
        for (int index = 0; index < declarations.size(); index++) {
            Statement.Declare declared = declarations.get(index);
            RpcCall.Parameter given = index < parameters.size() && parameters.get(index).name().isEmpty()
                    ? parameters.get(index) : null;
            for (RpcCall.Parameter each : parameters) {
                given = each.name().equalsIgnoreCase(declared.name()) ? each : given;
            }
            if (given == null && declared.value() == null) {
                throw new ServerError(
                        ServerMessage.error(8178, "The parameterized query expects the parameter '%s', which "
                                + "was not supplied.", declared.name()));
            }
            Value value = given == null ? null : given.value();
            variables.put(declared.name().toLowerCase(Locale.ROOT), bound(declared, value));
        }
        return variables;
    }

    private static Value bound(Statement.Declare declared, Value value) {
        boolean variant = value != null && DataType.named(declared.type().name()).isEmpty();
        return variant ? value : BatchRunner.declared(declared, value);
    }
}
