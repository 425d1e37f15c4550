package io.github.sqlvdi.processes;

import io.github.sqlvdi.testing.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What a role in this process reports, line by line. */
final class Lines implements Consumer<String> {
    private final String what;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    /** @param what whose lines they are, for messages */
    Lines(String what) {
        this.what = what;
    }

    @Override
    public void accept(String line) {
        lines.add(line);
    }

    /** {@return the next line that begins with one of these words; others before it are dropped} */
    String await(String... starts) throws InterruptedException {
        List<String> seen = new ArrayList<>();
        while (true) {
            String line = lines.poll(Patience.SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError(what + " hangs after " + seen + "\n" + threads());
            }
            for (String start : starts) {
                if (line.startsWith(start)) {
                    return line;
                }
            }
            seen.add(line);
        }
    }

    private static String threads() {
        StringBuilder text = new StringBuilder();
        Thread.getAllStackTraces().forEach((thread, frames) -> {
            text.append(thread).append('\n');
            for (StackTraceElement frame : frames) {
                text.append("    ").append(frame).append('\n');
            }
        });
        return text.toString();
    }
}
