package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.language.Expression;
import io.github.sqlvdi.emulator.internal.language.Parser;
import io.github.sqlvdi.emulator.internal.language.Statement;
import io.github.sqlvdi.emulator.internal.language.SyntaxException;
import io.github.sqlvdi.emulator.internal.query.Evaluator;
import io.github.sqlvdi.emulator.internal.statements.Fault;
import io.github.sqlvdi.emulator.internal.statements.Faults;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Value;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** EXECUTE of procedures within a batch: sp_executesql, sp_unprepare; any other is unknown. */
final class ProcedureRunner {

    private final SessionState state;
    private final Reply reply;
    private final Evaluator evaluator;
    private final BatchRunner batch;
    private final Faults faults;

    ProcedureRunner(SessionState state, Reply reply, Evaluator evaluator, BatchRunner batch, Faults faults) {
        this.faults = faults;
        this.state = state;
        this.reply = reply;
        this.evaluator = evaluator;
        this.batch = batch;
    }

    void execute(Statement.Execute call) throws IOException {
        switch (call.procedure().getLast().toLowerCase(Locale.ROOT)) {
            case "sp_executesql" -> executeText(call);
            case "sp_unprepare" -> {
                for (Statement.Argument argument : call.arguments()) {
                    Object handle = evaluator.value(argument.value()).as(DataType.INT).value();
                    if (handle != null) {
                        state.prepared().remove((Integer) handle);
                    }
                }
                reply.returnStatus(0);
                reply.procedureDone(false);
            }
            case "fault" -> {
                if (!call.procedure().getFirst().equalsIgnoreCase("sqlvdi")) {
                    throw unknown(String.join(".", call.procedure()));
                }
                order(call);
            }
            default -> throw unknown(String.join(".", call.procedure()));
        }
        if (call.result() != null) {
            state.assign(call.result(), Value.of(0));
        }
    }

    /** {@code EXEC sqlvdi.fault 'kind', bytes}: the extension of this server that orders a fault. */
    private void order(Statement.Execute call) throws IOException {
        String kind = call.arguments().isEmpty() ? "" : evaluator.value(call.arguments().getFirst().value()).text();
        long after = call.arguments().size() < 2 ? 0
                : (Long) evaluator.value(call.arguments().get(1).value()).as(DataType.BIGINT).value();
        try {
            faults.add(new Fault(Fault.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), after));
        } catch (IllegalArgumentException unknown) {
            throw new ServerError(
                    ServerMessage.error(50_000, "sqlvdi.fault: the kind is '%s': expected one of %s.", kind,
                            List.of(Fault.Kind.values())));
        }
        reply.returnStatus(0);
        reply.procedureDone(false);
    }

    static ServerError unknown(String procedure) {
        return new ServerError(ServerMessage.error(2812, "Could not find stored procedure '%s'.", procedure)
                .withState(62));
    }

    private void executeText(Statement.Execute call) throws IOException {
        List<Statement.Argument> arguments = call.arguments();
        if (arguments.isEmpty()) {
            throw new ServerError(ServerMessage.error(201, "Procedure or function 'sp_executesql' expects parameter "
                    + "'@statement', which was not supplied."));
        }
        String text = evaluator.value(arguments.getFirst().value()).text();
        Map<String, Value> variables = new HashMap<>();
        Map<String, String> outputs = new HashMap<>();
        if (arguments.size() > 1) {
            String declarations = evaluator.value(arguments.get(1).value()).text();
            bind(declarations == null ? "" : declarations, arguments.subList(2, arguments.size()), variables, outputs);
        }
        reply.enterProcedure();
        try {
            Map<String, Value> last = batch.runNested(text == null ? "" : text, variables);
            outputs.forEach((parameter, variable) -> state.assign(variable, last.get(parameter)));
        } finally {
            reply.leaveProcedure();
        }
        reply.returnStatus(0);
        reply.procedureDone(false);
    }

    /** Binds arguments to parameters. Notes the variables that take the last value of a parameter (OUTPUT). */
    private void bind(String declarations, List<Statement.Argument> arguments, Map<String, Value> variables,
            Map<String, String> outputs) {
        List<Statement.Declare> declared;
        try {
            declared = Parser.declarations(declarations);
        } catch (SyntaxException wrong) {
            throw new ServerError(ServerMessage.syntax(wrong.number(), "%s", wrong.getMessage()));
        }
        for (int index = 0; index < declared.size(); index++) {
            Statement.Declare each = declared.get(index);
            int position = index;
            String parameter = each.name().toLowerCase(Locale.ROOT);
            Optional<Statement.Argument> given =
                    arguments.stream().filter(argument -> each.name().equalsIgnoreCase(argument.name())).findFirst()
                            .or(() -> position < arguments.size() && arguments.get(position).name() == null
                                    ? Optional.of(arguments.get(position)) : Optional.empty());
            Value value = given.map(argument -> evaluator.value(argument.value())).orElse(null);
            variables.put(parameter, BatchRunner.declared(each, value));
            if (given.isPresent() && given.get().output()
                    && given.get().value() instanceof Expression.Variable variable) {
                outputs.put(parameter, variable.name());
            }
        }
    }
}
