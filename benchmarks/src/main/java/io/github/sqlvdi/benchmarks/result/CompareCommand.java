package io.github.sqlvdi.benchmarks.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchmarks.jar compare}: compares the figures before and after a change. */
@Command(name = "compare", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Prints how the figures of a new result compare with those of an old one, the worst first, and what "
                + "got slower: beyond the threshold, and with no value as good as the worst of the old ones.",
        exitCodeListHeading = "Exit codes:%n", exitCodeList = {"0:nothing got slower", "1:something got slower",
            "2:wrong use, or a file cannot be read"},
        exitCodeOnExecutionException = 2)
public final class CompareCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "OLD", description = "The result before.")
    private Path before;

    @Parameters(index = "1", paramLabel = "NEW", description = "The result after, of the same kind.")
    private Path after;

    @Option(names = "--threshold", defaultValue = "5", description = "Percent that count (${DEFAULT-VALUE}).")
    private double percent;

    @Override
    public Integer call() throws IOException {
        Map<String, Measurement> old = new LinkedHashMap<>();
        ResultFile.read(before).measurements().forEach(measurement -> old.put(measurement.key(), measurement));
        List<Pair> pairs = new ArrayList<>();
        for (Measurement measurement : ResultFile.read(after).measurements()) {
            Measurement counterpart = old.get(measurement.key());
            if (counterpart != null) {
                pairs.add(new Pair(counterpart, measurement));
            }
        }
        if (pairs.isEmpty()) {
            throw new IOException(String.format(Locale.ROOT,
                    "%s and %s have no measurement in common: expected two results of the same kind", before, after));
        }
        pairs.sort(Comparator.comparingDouble(Pair::speed));
        System.out.printf(Locale.ROOT, "| what | old | new | unit | speed | |%n|---|---:|---:|---|---:|---|%n");
        for (Pair pair : pairs) {
            System.out.printf(Locale.ROOT, "| %s, %s | %s | %s | %s | %s | %s |%n", pair.now().suite(),
                    ResultTable.label(pair.now()),
                    ResultTable.number(pair.old().median()), ResultTable.number(pair.now().median()), pair.now().unit(),
                    ResultTable.number(pair.speed()), pair.isSlower(percent) ? "**slower**" : "");
        }
        long slower = pairs.stream().filter(pair -> pair.isSlower(percent)).count();
        System.out.printf(Locale.ROOT, "%n%d of %d got slower.%n", slower, pairs.size());
        return slower == 0 ? 0 : 1;
    }

    /** The same measurement before and after. */
    record Pair(Measurement old, Measurement now) {

        /** {@return how many times as fast as before: 0.5 is half; two zeros are equal} */
        double speed() {
            double ratio = now.higherIsBetter() ? now.median() / old.median() : old.median() / now.median();
            return Double.isNaN(ratio) ? 1 : ratio;
        }

        boolean isSlower(double percent) {
            boolean apart = now.higherIsBetter() ? now.largest() < old.smallest() : now.smallest() > old.largest();
            return apart && speed() < 1 - percent / 100;
        }
    }
}
