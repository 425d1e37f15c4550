package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.stream.JobProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {

    private final StringWriter text = new StringWriter();

    private ProgressLines lines(long total) {
        return new ProgressLines(new PrintWriter(text), "Backup", total);
    }

    private static JobProgress progress(long millis, long... bytes) {
        return JobProgress.of(Duration.ofMillis(millis), Arrays.stream(bytes).boxed().toList());
    }

    private List<String> printed() {
        return text.toString().lines().toList();
    }

    @Test
    void eachQuarterIsOneLineWithBytesRateAndTimeLeft() {
        ProgressLines lines = lines(4 << 20);
        lines.accept(progress(100, 1 << 19, 0));
        lines.accept(progress(1000, 1 << 19, 1 << 19));
        lines.accept(progress(1100, 1 << 19, (1 << 19) + 1));
        lines.accept(progress(2000, 1 << 20, 1 << 20));
        assertEquals(List.of("Backup   1.0 MiB of 4.0 MiB (25 %), 1.0 MiB/s, 3 s left",
                "Backup   2.0 MiB of 4.0 MiB (50 %), 1.0 MiB/s, 2 s left"), printed());
    }

    @Test
    void silenceEndsAfterTenSeconds() {
        ProgressLines lines = lines(1L << 40);
        lines.accept(progress(9_999, 1 << 20));
        assertEquals(List.of(), printed());
        lines.accept(progress(10_000, 10 << 20));
        assertEquals(List.of("Backup   10.0 MiB of 1.0 TiB (0 %), 1.0 MiB/s, 1048566 s left"), printed());
    }

    @Test
    void unknownTotalShowsBytesAndRate() {
        lines(-1).accept(progress(10_000, 10 << 20));
        assertEquals(List.of("Backup   10.0 MiB, 1.0 MiB/s"), printed());
    }
}
