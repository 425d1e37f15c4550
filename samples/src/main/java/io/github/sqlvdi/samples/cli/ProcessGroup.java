package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.samples.ChildJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Processes that work together: all of them end well, or soon none of them runs any more. */
final class ProcessGroup implements AutoCloseable {

    /** How long the others may take to notice that one has failed, by the end of their device set for example. */
    private static final long GRACE_SECONDS = 3;

    private final Map<Process, String> roles = new LinkedHashMap<>();
    private final BlockingQueue<Process> ended = new LinkedBlockingQueue<>();

    /** Starts a JVM; its role is for the user. */
    synchronized void start(String role, Class<?> main, List<String> arguments) throws IOException {
        Process process = ChildJvm.start(main, arguments.toArray(String[]::new));
        roles.put(process, role);
        process.onExit().thenAccept(ended::add);
    }

    /** Waits for all. When one fails, the others get a little time to end by themselves. */
    void await() throws FailedException, InterruptedException {
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < roles.size(); i++) {
            Process process = failures.isEmpty() ? ended.take() : ended.poll(GRACE_SECONDS, TimeUnit.SECONDS);
            if (process == null) {
                destroy();
                process = ended.take();
            }
            if (process.exitValue() != 0) {
                failures.add(String.format(Locale.ROOT, "The %s, process %d, ended with code %d.", roles.get(process),
                        process.pid(),
                        process.exitValue()));
            }
        }
        if (!failures.isEmpty()) {
            throw new FailedException(String.join(System.lineSeparator() + "  ", failures));
        }
    }

    /** Ends those that still run. */
    synchronized void destroy() {
        roles.keySet().forEach(Process::destroy);
    }

    @Override
    public void close() {
        destroy();
    }
}
