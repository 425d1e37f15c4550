package io.github.sqlvdi.internal.engine.host.linux;

import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Sees which system call the threads of this process are in, so that a test can wait for a thread to be asleep. */
final class KernelCalls {

    // The numbers of x86-64 and of AArch64: under an emulator the kernel shows the calls of the machine that it runs on.
    private static final List<String> FUTEX = List.of("202", "98");
    private static final List<String> CLOCK_NANOSLEEP = List.of("230", "115");

    private KernelCalls() {}

    /** Waits until so many threads sleep in a futex call on that word. */
    static void awaitFutexWaiters(long word, int count) throws IOException {
        await(FUTEX, "0x" + Long.toHexString(word) + " ", count);
    }

    /** Waits until a thread sleeps in nanosleep of libc. */
    static void awaitSleeper() throws IOException {
        await(CLOCK_NANOSLEEP, "", 1);
    }

    private static void await(List<String> numbers, String firstArgument, int count) throws IOException {
        List<String> calls = numbers.stream().map(number -> number + " " + firstArgument).toList();
        long start = System.nanoTime();
        while (threadsIn(calls) < count) {
            if (System.nanoTime() - start > Patience.LONG.toNanos()) {
                throw new AssertionError(
                        "no " + count + " threads in one of the system calls " + calls + " within 20 s");
            }
            Thread.onSpinWait();
        }
    }

    private static int threadsIn(List<String> calls) throws IOException {
        int count = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                String current = current(thread);
                count += calls.stream().anyMatch(current::startsWith) ? 1 : 0;
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
