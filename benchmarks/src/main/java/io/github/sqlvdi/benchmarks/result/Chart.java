package io.github.sqlvdi.benchmarks.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A chart of some measurements of one suite.
 *
 * @param title what it shows
 * @param caption the title, and how to read the chart
 * @param svg the SVG element
 */
record Chart(String title, String caption, String svg) {

    /** The rules for the classes in the charts, but not for text, which has the colour of its page. */
    static final String STYLE = """
            svg text { font-size: 12px; } svg .label { text-anchor: end; }
            svg .ours { fill: #0b6bcb; } svg .other { fill: #9aa5b1; }
            svg .range { fill: none; stroke-width: 1; opacity: .6; }
            svg .s0 { fill: #0b6bcb; } svg .s1 { fill: #d9730d; } svg .s2 { fill: #9aa5b1; } svg .s3 { fill: #2e8b57; }
            svg .s4 { fill: #8e5bd0; } svg .s5 { fill: #c4314b; } svg .s6 { fill: #b59a00; } svg .s7 { fill: #3aa6a6; }
            """;

    private static final String OWN_STYLE = """
            svg text { fill: #1f2328; font-family: system-ui, sans-serif; } svg .range { stroke: #1f2328; }
            @media (prefers-color-scheme: dark) { svg text { fill: #e6edf3; } svg .range { stroke: #e6edf3; } }
            """;

    private static final double CHARACTER = 6.4;
    private static final int LEAST_LABEL_WIDTH = 240;

    /** {@return the charts of a suite: of its stages, then one for each unit, size and way of waiting} */
    static List<Chart> of(String suite, List<Measurement> rows) {
        List<Chart> charts = new ArrayList<>();
        List<Measurement> stages = rows.stream().filter(StackedChart::isStage).toList();
        if (!stages.isEmpty()) {
            charts.add(new StackedChart(stages).chart(suite));
        }
        groups(suite, rows).forEach((title, group) -> {
            BarChart chart = new BarChart(group);
            if (chart.isDrawable()) {
                charts.add(chart.chart(title));
            }
        });
        return charts;
    }

    /**
     * Groups the rows into charts: one for each unit and, if the rows have it, each buffer size or way of waiting.
     * Allocation is shown in the table only, stages have a chart of their own.
     */
    private static Map<String, List<Measurement>> groups(String suite, List<Measurement> rows) {
        return rows.stream().filter(row -> !row.unit().equals("B/op") && !StackedChart.isStage(row))
                .collect(Collectors.groupingBy(row -> {
                    String part = row.parameters().getOrDefault("size", row.parameters().getOrDefault("waiting", ""));
                    return suite + (part.isEmpty() ? "" : ", " + part) + ", " + row.unit();
                }, LinkedHashMap::new, Collectors.toList()));
    }

    /** {@return how much room labels of so many characters need} */
    static int labelWidth(int characters) {
        return Math.max(LEAST_LABEL_WIDTH, 16 + (int) (CHARACTER * characters));
    }

    /** {@return the chart with its caption, for a page with {@link #STYLE}} */
    String figure() {
        return String.format(Locale.ROOT, "<figure><figcaption>%s</figcaption>%s</figure>%n",
                HtmlReport.escape(caption), svg);
    }

    /** {@return the chart as a file of its own, which a Markdown page can show} */
    String file() {
        String begin = "<svg ";
        int end = svg.indexOf('>') + 1;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" " + svg.substring(begin.length(), end) + "<style>" + STYLE
                + OWN_STYLE + "</style>" + svg.substring(end) + "\n";
    }

    /** {@return the title in letters, digits and hyphens, with the ending of SVG files} */
    String fileName() {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "") + ".svg";
    }
}
