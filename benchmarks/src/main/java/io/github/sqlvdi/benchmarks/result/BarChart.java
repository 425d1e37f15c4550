package io.github.sqlvdi.benchmarks.result;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Medians as horizontal bars with a whisker from the smallest to the largest value, as one SVG element. */
final class BarChart {

    private static final int BARS_WIDTH = 490;
    private static final int VALUE_WIDTH = 130;
    private static final int ROW = 24;
    private static final int BAR = 14;
    private static final double LINEAR_UP_TO = 30;

    /** The parameters by which {@link HtmlReport} parts a suite into charts. */
    private static final Set<String> IN_TITLE = Set.of("size", "waiting");

    /** The names of the baselines in all suites. */
    private static final Set<String> BASELINES = Set.of("jextract", "jni", "jnaDirect", "jnaFunction", "cLoop",
            "memcpy",
            "emptyCall", "C ring", "Unix socket", "loopback TCP", "pipe", "Aeron IPC", "cat", "cat through a pipe",
            "java -version", "cat of an empty file", "zstd --version");

    private final List<Measurement> rows;
    private final double largest;
    private final double smallest;
    private final boolean logarithmic;
    private final int labelWidth;

    BarChart(List<Measurement> rows) {
        this.rows = rows;
        largest = rows.stream().mapToDouble(Measurement::largest).max().orElseThrow();
        smallest = rows.stream().mapToDouble(Measurement::smallest).min().orElseThrow();
        labelWidth = Chart.labelWidth(
                rows.stream().mapToInt(row -> ResultTable.label(row, IN_TITLE).length()).max().orElseThrow());
        logarithmic = smallest > 0 && largest / smallest > LINEAR_UP_TO;
    }

    /** {@return whether the values can be drawn as bars; values that are all zero cannot} */
    boolean isDrawable() {
        return largest > 0 && smallest >= 0;
    }

    Chart chart(String title) {
        StringBuilder svg = new StringBuilder();
        String caption = title + (logarithmic ? ", logarithmic scale" : "") + ", "
                + (rows.getFirst().higherIsBetter() ? "longer is better" : "shorter is better");
        svg.append(String.format(Locale.ROOT, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                labelWidth + BARS_WIDTH + VALUE_WIDTH, rows.size() * ROW + 4, HtmlReport.escape(caption)));
        for (int i = 0; i < rows.size(); i++) {
            row(svg, rows.get(i), i * ROW + 2);
        }
        return new Chart(title, caption, svg.append("</svg>").toString());
    }

    private void row(StringBuilder svg, Measurement row, int top) {
        double end = x(row.median());
        int middle = top + ROW / 2;
        String kind = isBaseline(row) ? "other" : "ours";
        svg.append(String.format(Locale.ROOT, "<text class=\"label\" x=\"%d\" y=\"%d\">%s</text>", labelWidth - 8,
                middle + 4, HtmlReport.escape(ResultTable.label(row, IN_TITLE))));
        svg.append(
                String.format(Locale.ROOT, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>", kind,
                        labelWidth, middle - BAR / 2, Math.max(1, end - labelWidth), BAR));
        svg.append(String.format(Locale.ROOT, "<path class=\"range\" d=\"M%.1f %dV%dM%.1f %dH%.1fM%.1f %dV%d\"/>",
                x(row.smallest()), middle - 4, middle + 4, x(row.smallest()), middle, x(row.largest()),
                x(row.largest()), middle - 4, middle + 4));
        svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\">%s</text>%n", x(row.largest()) + 6, middle + 4,
                HtmlReport.escape(ResultTable.number(row.median()) + " " + row.unit())));
    }

    private static boolean isBaseline(Measurement row) {
        return BASELINES.contains(row.name());
    }

    private double x(double value) {
        double part = logarithmic
                ? Math.log(value / smallest * 2) / Math.log(largest / smallest * 2)
                : value / largest;
        return labelWidth + part * BARS_WIDTH;
    }
}
