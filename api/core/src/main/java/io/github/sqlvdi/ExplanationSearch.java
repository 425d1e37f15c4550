package io.github.sqlvdi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds explanations for the input of a user: a number in any of the usual spellings, or a name. */
final class ExplanationSearch {

    private static final Pattern NUMBER = Pattern.compile("0[xX]([0-9a-fA-F]{1,8})|(-?[0-9]{1,10})");
    private static final String COMPLETION_PREFIX = "ERROR_";

    private ExplanationSearch() {
    }

    static List<CodeExplanation> find(String query) {
        Matcher number = NUMBER.matcher(query);
        if (!number.matches()) {
            return byName(query);
        }
        long value = number.group(1) != null ? Long.parseLong(number.group(1), 16) : Long.parseLong(number.group(2));
        if (value < Integer.MIN_VALUE || value > 0xFFFF_FFFFL) {
            return List.of();
        }
        return byNumber((int) value);
    }

    private static List<CodeExplanation> byNumber(int code) {
        if (Hresults.failed(code)) {
            return List.of(CodeExplanation.ofHresult(code));
        }
        List<CodeExplanation> found = new ArrayList<>();
        tables().map(table -> table.get(code)).filter(it -> it != null).forEach(found::add);
        if (found.isEmpty()) {
            found.add(CodeExplanation.ofCompletionCode(code));
            found.add(CodeExplanation.ofSqlMessage(code));
        }
        return List.copyOf(found);
    }

    private static List<CodeExplanation> byName(String query) {
        return tables().flatMap(table -> table.values().stream())
                .filter(it -> it.name().equalsIgnoreCase(query)
                        || it.name().equalsIgnoreCase(COMPLETION_PREFIX + query))
                .toList();
    }

    private static Stream<Map<Integer, CodeExplanation>> tables() {
        return Stream.of(ExplanationTable.HRESULTS, ExplanationTable.COMPLETION_CODES, ExplanationTable.SQL_MESSAGES);
    }
}
