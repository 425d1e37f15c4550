package io.github.sqlvdi.samples.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A text table. Each column is as wide as its longest cell. Columns of numbers are right-aligned, others left-aligned.
 */
final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> numeric = new ArrayList<>();

    /** A table with these headings. */
    TextTable(String... headings) {
        rows.add(List.of(headings));
        for (int column = 0; column < headings.length; column++) {
            numeric.add(true);
        }
    }

    /** Adds a row with a cell for each heading. A column is a column of numbers if all its cells are numbers. */
    void add(Object... cells) {
        List<String> row = new ArrayList<>();
        for (int column = 0; column < cells.length; column++) {
            row.add(cells[column] instanceof Number number ? String.format(Locale.ROOT, "%,d", number)
                    : cells[column].toString());
            numeric.set(column, numeric.get(column) && cells[column] instanceof Number);
        }
        rows.add(row);
    }

    /** {@return the lines, without trailing spaces} */
    List<String> lines() {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < numeric.size(); column++) {
            int place = column;
            widths.add(rows.stream().mapToInt(row -> row.get(place).length()).max().orElse(0));
        }
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.toList());
    }

    private String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String padding = " ".repeat(widths.get(column) - row.get(column).length());
            line.append(column == 0 ? "" : GAP);
            line.append(numeric.get(column) ? padding + row.get(column) : row.get(column) + padding);
        }
        return line.toString().stripTrailing();
    }
}
