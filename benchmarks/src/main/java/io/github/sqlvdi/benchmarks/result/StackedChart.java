package io.github.sqlvdi.benchmarks.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Stages of a whole as horizontal stacked bars, as one SVG element. A stage is a measurement with the parameter
 * {@value JobRecording#STAGE}; the other parameters name the bar. The parts are means, so that they add up to the whole.
 */
final class StackedChart {

    private static final int BARS_WIDTH = 470;
    private static final int VALUE_WIDTH = 90;
    private static final int ROW = 24;
    private static final int BAR = 14;
    private static final int COLOURS = 8;
    private static final int LEGEND_COLUMNS = 3;

    private final Map<String, Map<String, Double>> bars = new LinkedHashMap<>();
    private final List<String> stages;
    private final String unit;

    StackedChart(List<Measurement> rows) {
        Set<String> found = new LinkedHashSet<>();
        for (Measurement row : rows) {
            String stage = row.parameters().get(JobRecording.STAGE);
            found.add(stage);
            bars.computeIfAbsent(ResultTable.label(row, Set.of(JobRecording.STAGE)), bar -> new LinkedHashMap<>())
                    .merge(stage, row.values().stream().mapToDouble(Double::doubleValue).average().orElse(0),
                            Double::sum);
        }
        stages = new ArrayList<>(found);
        unit = rows.getFirst().unit();
    }

    /** {@return whether the measurement is a part of a bar} */
    static boolean isStage(Measurement row) {
        return row.parameters().containsKey(JobRecording.STAGE);
    }

    Chart chart(String title) {
        double longest = bars.values().stream().mapToDouble(StackedChart::sum).max().orElse(0);
        int legend = (stages.size() + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS;
        StringBuilder svg = new StringBuilder();
        String caption = title + ", " + unit;
        int labelWidth = Chart.labelWidth(bars.keySet().stream().mapToInt(String::length).max().orElseThrow());
        int width = labelWidth + BARS_WIDTH + VALUE_WIDTH;
        svg.append(String.format(Locale.ROOT, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n", width,
                (bars.size() + legend) * ROW + 4, HtmlReport.escape(caption)));
        for (int i = 0; i < stages.size(); i++) {
            int left = i % LEGEND_COLUMNS * width / LEGEND_COLUMNS;
            int top = i / LEGEND_COLUMNS * ROW;
            svg.append(String.format(Locale.ROOT,
                    "<rect class=\"s%d\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/><text x=\"%d\" y=\"%d\">%s</text>%n",
                    i % COLOURS, left, top + 4, BAR, BAR, left + BAR + 6, top + BAR + 2,
                    HtmlReport.escape(stages.get(i))));
        }
        int top = legend * ROW;
        for (Map.Entry<String, Map<String, Double>> bar : bars.entrySet()) {
            row(svg, bar.getKey(), bar.getValue(), top, labelWidth, longest > 0 ? BARS_WIDTH / longest : 0);
            top += ROW;
        }
        return new Chart(title, caption, svg.append("</svg>").toString());
    }

    private void row(StringBuilder svg, String label, Map<String, Double> parts, int top, int labelWidth,
            double scale) {
        svg.append(String.format(Locale.ROOT, "<text class=\"label\" x=\"%d\" y=\"%d\">%s</text>", labelWidth - 8,
                top + ROW / 2 + 4, HtmlReport.escape(label)));
        double left = labelWidth;
        for (int i = 0; i < stages.size(); i++) {
            double value = parts.getOrDefault(stages.get(i), 0.0);
            svg.append(String.format(Locale.ROOT,
                    "<rect class=\"s%d\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"><title>%s: %s %s</title></rect>",
                    i % COLOURS, left, top + (ROW - BAR) / 2, value * scale, BAR, HtmlReport.escape(stages.get(i)),
                    ResultTable.number(value), HtmlReport.escape(unit)));
            left += value * scale;
        }
        svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\">%s</text>%n", left + 6, top + ROW / 2 + 4,
                HtmlReport.escape(ResultTable.number(sum(parts)) + " " + unit)));
    }

    private static double sum(Map<String, Double> parts) {
        return parts.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
