package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.language.Expression;
import io.github.sqlvdi.emulator.internal.language.Statement;
import io.github.sqlvdi.emulator.internal.query.Evaluator;
import io.github.sqlvdi.emulator.internal.tokens.Done;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RAISERROR and THROW. */
final class RaisedErrors {

    private static final int USER_ERROR = 50_000;
    private static final int HIGHEST = 18;
    private static final Pattern PLACE = Pattern.compile("%[-+0 #]*\\d*(?:\\.\\d+)?(?:l|h|I64)?([dsiuxXo%])");

    private RaisedErrors() {
    }

    static void raise(Statement.RaiseError raise, Evaluator evaluator, Reply reply) throws IOException {
        Value message = evaluator.value(raise.message());
        int severity = Math.clamp(integer(evaluator, raise.severity(), 16), 0, HIGHEST);
        int state = Math.clamp(integer(evaluator, raise.state(), 1), 0, 255);
        List<String> arguments = new ArrayList<>();
        for (Expression argument : raise.arguments()) {
            String text = evaluator.value(argument).text();
            arguments.add(text == null ? "(null)" : text);
        }
        boolean isText = message.type().kind().isText();
        int number = isText || message.isNull() ? USER_ERROR : (Integer) message.as(DataType.INT).value();
        String text = isText ? formatted(message.text() == null ? "" : message.text(), arguments)
                : String.format(Locale.ROOT,
                        "Error %d, severity %d, state %d was raised, but no message with that error number was found in ",
                        number, severity, state) + "sys.messages.";
        ServerMessage raised = new ServerMessage(number, severity, state, text);
        if (raised.isError()) {
            throw new ServerError(raised);
        }
        reply.message(raised, raise.line());
        reply.done(Done.OTHER, -1);
        reply.flush();
    }

    private static int integer(Evaluator evaluator, Expression expression, int fallback) {
        Object value = evaluator.value(expression).as(DataType.INT).value();
        return value == null ? fallback : (Integer) value;
    }

    private static String formatted(String format, List<String> arguments) {
        Matcher places = PLACE.matcher(format);
        StringBuilder text = new StringBuilder();
        int next = 0;
        while (places.find()) {
            String value =
                    places.group(1).equals("%") ? "%" : next < arguments.size() ? arguments.get(next++) : "(null)";
            places.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        places.appendTail(text);
        return text.toString();
    }

    static void rethrow(Statement.Throw thrown, Evaluator evaluator, ServerMessage caught) {
        if (thrown.number() == null) {
            if (caught == null) {
                throw new ServerError(ServerMessage.syntax(10704, "To rethrow an error, a THROW statement must be used "
                        + "inside a CATCH block. Insert the THROW statement inside a CATCH block, or add error parameters "
                        + "to the THROW statement."));
            }
            throw new ServerError(caught);
        }
        throw new ServerError(new ServerMessage(integer(evaluator, thrown.number(), USER_ERROR), 16,
                Math.clamp(integer(evaluator, thrown.state(), 1), 0, 255),
                String.valueOf(evaluator.value(thrown.message()).text())));
    }
}
