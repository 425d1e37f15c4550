package io.github.sqlvdi.emulator.internal.query;

import io.github.sqlvdi.emulator.internal.language.Expression;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Kind;
import io.github.sqlvdi.emulator.internal.types.Value;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The functions on texts. NULL in gives NULL out. */
final class TextFunctions {

    private static final Set<String> NAMES = Set.of("LEN", "DATALENGTH", "UPPER", "LOWER", "LTRIM", "RTRIM", "TRIM",
            "LEFT",
            "RIGHT", "SUBSTRING", "REPLACE", "REPLICATE", "SPACE", "CHARINDEX", "QUOTENAME", "CHAR", "NCHAR", "REVERSE",
            "STUFF", "PARSENAME", "STR", "ASCII", "UNICODE");

    private TextFunctions() {
    }

    static boolean isKnown(String name) {
        return NAMES.contains(name);
    }

    static Value call(Expression.Call call, List<Value> arguments) {
        int least = switch (call.name()) {
            case "LEFT", "RIGHT", "REPLICATE", "CHARINDEX", "PARSENAME" -> 2;
            case "SUBSTRING", "REPLACE" -> 3;
            case "STUFF" -> 4;
            default -> 1;
        };
        Functions.require(call, least, least + (call.name().equals("CHARINDEX") || call.name().equals("QUOTENAME")
                ? 1 : call.name().equals("STR") ? 2 : 0));
        if (arguments.stream().anyMatch(Value::isNull)) {
            return new Value(returnsNumber(call.name()) ? DataType.INT : DataType.nvarchar(1), null);
        }
        String text = arguments.getFirst().text();
        if (returnsNumber(call.name())) {
            return Value.of(number(call.name(), text, arguments));
        }
        boolean unicode = arguments.getFirst().type().kind().isUnicode() || call.name().equals("QUOTENAME")
                || call.name().equals("NCHAR");
        return Arithmetic.text(text(call.name(), text, arguments), unicode);
    }

    private static boolean returnsNumber(String name) {
        return Set.of("LEN", "DATALENGTH", "CHARINDEX", "ASCII", "UNICODE").contains(name);
    }

    private static int number(String name, String text, List<Value> arguments) {
        return switch (name) {
            case "LEN" -> text.stripTrailing().length();
            case "DATALENGTH" -> arguments.getFirst().value() instanceof byte[] bytes ? bytes.length
                    : text.length() * (arguments.getFirst().type().kind().isUnicode() ? 2 : 1);
            case "CHARINDEX" -> 1 + arguments.get(1).text().toUpperCase(Locale.ROOT).indexOf(
                    text.toUpperCase(Locale.ROOT), arguments.size() > 2 ? integer(arguments, 2) - 1 : 0);
            default -> text.isEmpty() ? 0 : text.charAt(0);
        };
    }

    private static int integer(List<Value> arguments, int index) {
        return (Integer) arguments.get(index).as(DataType.INT).value();
    }

    private static String text(String name, String text, List<Value> arguments) {
        int length = text.length();
        return switch (name) {
            case "UPPER" -> text.toUpperCase(Locale.ROOT);
            case "LOWER" -> text.toLowerCase(Locale.ROOT);
            case "LTRIM" -> text.stripLeading();
            case "RTRIM" -> text.stripTrailing();
            case "TRIM" -> text.strip();
            case "LEFT" -> text.substring(0, Math.clamp(integer(arguments, 1), 0, length));
            case "RIGHT" -> text.substring(length - Math.clamp(integer(arguments, 1), 0, length));
            case "SUBSTRING" -> {
                long begin = integer(arguments, 1) - 1L;
                long end = begin + integer(arguments, 2);
                int from = Math.clamp(begin, 0, length);
                yield text.substring(from, Math.clamp(end, from, length));
            }
            case "REPLACE" -> arguments.get(1).text().isEmpty() ? text
                    : bounded(text.replace(arguments.get(1).text(), arguments.get(2).text()));
            case "REPLICATE" -> Functions.repeated(text, integer(arguments, 1));
            case "SPACE" -> Functions.repeated(" ", integer(arguments, 0));
            case "QUOTENAME" -> quoted(text, arguments.size() > 1 ? arguments.get(1).text() : "[");
            case "CHAR", "NCHAR" -> String.valueOf((char) integer(arguments, 0));
            case "REVERSE" -> new StringBuilder(text).reverse().toString();
            case "STUFF" -> {
                int begin = integer(arguments, 1) - 1;
                yield begin < 0 || begin >= length ? "" : text.substring(0, begin) + arguments.get(3).text()
                        + text.substring(Math.clamp((long) begin + integer(arguments, 2), begin, length));
            }
            case "PARSENAME" -> {
                String[] parts = text.split("\\.");
                int index = parts.length - integer(arguments, 1);
                yield index >= 0 && index < parts.length ? parts[index] : "";
            }
            default -> String.format(Locale.ROOT, "%10s", arguments.getFirst().type().kind() == Kind.INT ? text
                    : String.valueOf(Math.round(Comparison.number(arguments.getFirst()).doubleValue())));
        };
    }

    private static String bounded(String text) {
        return text.length() > Arithmetic.MAX_TEXT ? text.substring(0, Arithmetic.MAX_TEXT) : text;
    }

    private static String quoted(String text, String quote) {
        char open = quote.isEmpty() ? '[' : quote.charAt(0);
        char close = open == '[' ? ']' : open;
        return open + text.replace(String.valueOf(close), String.valueOf(close) + close) + close;
    }
}
