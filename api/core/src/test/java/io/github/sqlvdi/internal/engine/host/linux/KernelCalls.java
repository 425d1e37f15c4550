package io.github.sqlvdi.internal.engine.host.linux;

import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Sees which system call the threads of this process are in, so that a test can wait for a thread to be asleep. */
final class KernelCalls {

    private static final boolean AARCH64 = System.getProperty("os.arch").equals("aarch64");

    private KernelCalls() {}

    /** Waits until so many threads sleep in a futex call on that word. */
    static void awaitFutexWaiters(long word, int count) throws IOException {
        await((AARCH64 ? "98 0x" : "202 0x") + Long.toHexString(word) + " ", count);
    }

    /** Waits until a thread sleeps in nanosleep of libc. */
    static void awaitSleeper() throws IOException {
        await(AARCH64 ? "115 " : "230 ", 1); // clock_nanosleep
    }

    private static void await(String call, int count) throws IOException {
        long start = System.nanoTime();
        while (threadsIn(call) < count) {
            if (System.nanoTime() - start > Patience.LONG.toNanos()) {
                throw new AssertionError("no " + count + " threads in system call " + call + " within 20 s");
            }
            Thread.onSpinWait();
        }
    }

    private static int threadsIn(String call) throws IOException {
        int count = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                count += current(thread).startsWith(call) ? 1 : 0;
            }
        }
        return count;
    }

    private static String current(Path thread) throws IOException {
        try {
            return Files.readString(thread.resolve("syscall"));
        } catch (NoSuchFileException e) {
            return "ended";
        }
    }
}
