package io.github.sqlvdi.conformance;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts which rows of the reference's tables were produced, by which cases. One thread. */
final class Coverage {

    private final String description;
    private final Map<String, List<String>> produced = new TreeMap<>();
    private final Map<String, String> observed = new LinkedHashMap<>();
    private final Map<String, String> notRun = new LinkedHashMap<>();
    private int passed;

    Coverage(String description) {
        this.description = description;
    }

    /** A case that passed produced this row. */
    void produced(String key, String title) {
        produced.computeIfAbsent(key, any -> new ArrayList<>()).add(title);
    }

    /** The choice of the implementation where the reference leaves the result open. */
    void observed(Row row, int code) {
        observed.put(row.title(), Code.name(code));
    }

    void passed() {
        passed++;
    }

    void notRun(Case test, String why) {
        notRun.put(test.title(), why);
    }

    /** Rows that nothing produced and that {@link OpenPoints} does not explain. */
    List<String> lost() {
        return ReferenceTables.all().values().stream().flatMap(List::stream)
                .filter(key -> !produced.containsKey(key) && !OpenPoints.all().containsKey(key)).toList();
    }

    /** Explanations of rows that were produced, or that are in no table. */
    List<String> outdated() {
        Set<String> rows = rows();
        return OpenPoints.all().keySet().stream().filter(key -> produced.containsKey(key) || !rows.contains(key))
                .toList();
    }

    /** Keys that look like rows of a table and are none: a misspelt key would count nothing. */
    List<String> unknown() {
        Set<String> rows = rows();
        return produced.keySet().stream().filter(key -> Character.isDigit(key.charAt(0)) && !rows.contains(key))
                .toList();
    }

    private static Set<String> rows() {
        Set<String> rows = new HashSet<>();
        ReferenceTables.all().values().forEach(rows::addAll);
        return rows;
    }

    /** The count of every table, then what is open, what was chosen where it is, and what could not run. */
    String report() {
        StringBuilder text = new StringBuilder("VDI conformance: ").append(description).append(": ").append(passed)
                .append(" cases passed\n\nRows of the reference's tables produced\n");
        int rows = 0;
        int done = 0;
        for (Map.Entry<String, List<String>> table : ReferenceTables.all().entrySet()) {
            long count = table.getValue().stream().filter(produced::containsKey).count();
            text.append(
                    String.format(Locale.ROOT, "  %3d of %3d  %s%n", count, table.getValue().size(), table.getKey()));
            rows += table.getValue().size();
            done += (int) count;
        }
        text.append(String.format(Locale.ROOT, "  %3d of %3d  together%n", done, rows));
        list(text, "Rows that no case produces, and why", OpenPoints.all());
        list(text, "Left open by the reference, chosen by the implementation", observed);
        list(text, "Not run", notRun);
        text.append("\nRows and the cases that produce them\n");
        produced.forEach((key, titles) -> text.append("  ").append(key).append(": ").append(titles.size())
                .append(titles.size() == 1 ? " case, " : " cases, first ").append(titles.getFirst()).append('\n'));
        return text.toString();
    }

    /** The part of the report that is for the screen. */
    String summary() {
        return report().substring(0, report().indexOf("\nRows and the cases that produce them"));
    }

    private static void list(StringBuilder text, String title, Map<String, String> lines) {
        text.append('\n').append(title).append(": ").append(lines.size()).append('\n');
        lines.forEach((key, value) -> text.append("  ").append(key).append(": ").append(value).append('\n'));
    }
}
