package io.github.sqlvdi.benchmarks.result;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The report as one self-contained HTML page, which loads nothing. */
final class HtmlReport {

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>sqlvdi benchmarks</title>
            <style>
            :root { color-scheme: light dark; --line: #7774; }
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; margin: 1rem 0; width: 100%; font-variant-numeric: tabular-nums; }
            th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: left; }
            td.n, th.n { text-align: right; }
            .yes { color: #1a7f37; font-weight: 600; } .no { color: #cf222e; font-weight: 600; }
            figure { margin: 1.2rem 0; } figcaption { font-weight: 600; margin-bottom: .3rem; }
            svg { width: 100%; height: auto; } svg text { fill: currentColor; } svg .range { stroke: currentColor; }
            """ + Chart.STYLE + """
            code { background: #7772; padding: .1rem .3rem; border-radius: 3px; }
            </style></head><body>
            <h1>sqlvdi benchmarks</h1>
            """;

    private final Results results;
    private final StringBuilder page = new StringBuilder(HEAD);

    HtmlReport(Results results) {
        this.results = results;
    }

    String page() {
        machines();
        targets();
        ResultTable.bySuite(results.measurements()).forEach(this::suite);
        return page.append("</body></html>\n").toString();
    }

    private void machines() {
        page.append("<p>Bars are medians, whiskers reach from the smallest to the largest value.</p>\n<h2>Runs</h2>\n");
        results.files().stream().map(ResultFile::machine).filter(Objects::nonNull).findFirst().ifPresent(machine -> {
            page.append("<table>\n");
            line("CPU", String.format(Locale.ROOT, "%d x %s", machine.cpus(), machine.cpu()));
            line("Memory", machine.memoryGiB() + " GiB");
            line("System", machine.system());
            line("JDK", machine.jdk());
            line("Commit", machine.commit());
            line("Begun", machine.date() + ", load average " + ResultTable.number(machine.loadAverage()));
            page.append("</table>\n");
        });
        page.append("<ul>\n");
        results.files().forEach(
                file -> page.append(String.format(Locale.ROOT, "<li><code>%s</code></li>%n", escape(file.command()))));
        page.append("</ul>\n");
    }

    private void line(String name, String value) {
        page.append(String.format(Locale.ROOT, "<tr><th>%s</th><td>%s</td></tr>%n", name, escape(value)));
    }

    private void targets() {
        List<Target> targets = Target.of(results);
        if (targets.isEmpty()) {
            return;
        }
        page.append("<h2>What must hold</h2>\n<table>\n<tr><th>figure</th><th>CPUs</th><th class=\"n\">must be</th>"
                + "<th class=\"n\">measured</th><th></th></tr>\n");
        for (Target target : targets) {
            page.append(String.format(Locale.ROOT,
                    "<tr><td>%s</td><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td>", escape(target.what()),
                    target.distance(), target.limit(),
                    ResultTable.number(target.measured())));
            page.append(target.met() ? "<td class=\"yes\">met</td></tr>\n" : "<td class=\"no\">missed</td></tr>\n");
        }
        page.append("</table>\n");
    }

    private void suite(String suite, List<Measurement> rows) {
        page.append(String.format(Locale.ROOT, "<h2>%s</h2>%n", escape(suite)));
        Chart.of(suite, rows).forEach(chart -> page.append(chart.figure()));
        page.append("<details><summary>Numbers</summary><table>\n<tr><th>what</th><th class=\"n\">median</th>"
                + "<th class=\"n\">smallest</th><th class=\"n\">largest</th><th>unit</th><th class=\"n\">n</th></tr>\n");
        for (Measurement row : rows) {
            page.append(
                    String.format(Locale.ROOT,
                            "<tr><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td>",
                            escape(ResultTable.label(row)), ResultTable.number(row.median()),
                            ResultTable.number(row.smallest()), ResultTable.number(row.largest())));
            page.append(String.format(Locale.ROOT, "<td>%s</td><td class=\"n\">%d</td></tr>%n", escape(row.unit()),
                    row.values().size()));
        }
        page.append("</table></details>\n");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
