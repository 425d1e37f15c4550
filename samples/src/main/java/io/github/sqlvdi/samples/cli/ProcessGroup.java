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

/** Processes that work together. When one fails, all of them end soon. */
final class ProcessGroup implements AutoCloseable {

    /**
     * Time for the other processes to end by themselves after one has failed, for example because their device set was
     * aborted.
     */
    private static final long GRACE_SECONDS = 3;

    private final Map<Process, String> roles = new LinkedHashMap<>();
    private final BlockingQueue<Process> ended = new LinkedBlockingQueue<>();

    /** Starts a JVM. Messages to the user name it by its role. */
    synchronized void start(String role, Class<?> main, List<String> arguments) throws IOException {
        Process process = ChildJvm.start(main, arguments.toArray(String[]::new));
        roles.put(process, role);
        process.onExit().thenAccept(ended::add);
    }

    /**
     * Waits for all processes. When one fails, the others get a little time to end by themselves, then they are
     * destroyed.
     */
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

    /** Ends the processes that still run. */
    synchronized void destroy() {
        roles.keySet().forEach(Process::destroy);
    }

    @Override
    public void close() {
        destroy();
    }
}
