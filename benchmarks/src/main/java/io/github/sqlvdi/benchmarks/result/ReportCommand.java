package io.github.sqlvdi.benchmarks.result;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchmarks.jar report}: makes a page and Markdown tables from result files. */
@Command(name = "report", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Makes one self-contained HTML page, and Markdown tables, of the results of JMH (-rf json) and of the "
                + "other commands, and of the jobs in recordings of the flight recorder (*.jfr) of any program that uses the "
                + "library.")
public final class ReportCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Result files and recordings.")
    private List<Path> files;

    @Option(names = {"-o", "--output"}, defaultValue = "report.html", description = "The page (${DEFAULT-VALUE}).")
    private Path output;

    @Option(names = "--markdown", description = "A file for the tables (default: none).")
    private Path markdown;

    @Option(names = "--svg", paramLabel = "FOLDER",
            description = "A folder for each chart as an SVG file, which a Markdown page can show (default: none).")
    private Path svg;

    @Override
    public Integer call() throws IOException {
        Results results = Results.read(files);
        Files.writeString(output, new HtmlReport(results).page());
        System.out.println(output);
        if (markdown != null) {
            try (PrintStream out = new PrintStream(Files.newOutputStream(markdown), false, StandardCharsets.UTF_8)) {
                Target.print(Target.of(results), out);
                ResultTable.print(results.measurements(), out);
                if (out.checkError()) {
                    throw new IOException("cannot write " + markdown);
                }
            }
            System.out.println(markdown);
        }
        if (svg != null) {
            Files.createDirectories(svg);
            for (Map.Entry<String, List<Measurement>> suite : ResultTable.bySuite(results.measurements()).entrySet()) {
                for (Chart chart : Chart.of(suite.getKey(), suite.getValue())) {
                    Path file = svg.resolve(chart.fileName());
                    Files.writeString(file, chart.file());
                    System.out.println(file);
                }
            }
        }
        return 0;
    }
}
