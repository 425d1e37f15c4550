package io.github.sqlvdi.benchmarks.pipeline;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The most anonymous memory that this process has in use, sampled every two milliseconds by a thread of its own. It counts
 * the heap of Java and native memory, but not the VDI buffers, which are shared memory, and no files.
 */
final class PeakMemory implements Closeable {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ANONYMOUS = "RssAnon:";
    private static final int INTERVAL_MILLIS = 2;

    private final Thread sampler = Thread.ofPlatform().daemon().name("peak-memory").unstarted(this::sample);
    private volatile long most;
    private volatile boolean ended;
    private volatile IOException failure;

    /** {@return whether the system tells the memory of a process} */
    static boolean isKnown() {
        return Files.exists(STATUS);
    }

    /** Begins to sample. */
    static PeakMemory begin() throws IOException {
        PeakMemory memory = new PeakMemory();
        memory.most = now();
        memory.sampler.start();
        return memory;
    }

    /** {@return the anonymous memory of this process in bytes} */
    static long now() throws IOException {
        try (Stream<String> lines = Files.lines(STATUS)) {
            String line = lines.filter(it -> it.startsWith(ANONYMOUS)).findFirst()
                    .orElseThrow(() -> new IOException(STATUS + " has no line " + ANONYMOUS));
            return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
    }

    private void sample() {
        try {
            while (!ended) {
                most = Math.max(most, now());
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (IOException unread) {
            failure = unread;
        } catch (InterruptedException request) {
            // the measurement is over
        }
    }

    /** Ends the sampling and returns the most bytes that were seen. */
    long end() throws IOException {
        close();
        if (failure != null) {
            throw failure;
        }
        return most;
    }

    @Override
    public void close() {
        ended = true;
        sampler.interrupt();
    }
}
