package io.github.sqlvdi.processes;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Stops a whole process and lets it go on: by signals, or on Windows by the calls that its debuggers use. */
final class ProcessSuspension {

    private static final int PROCESS_SUSPEND_RESUME = 0x800;

    private ProcessSuspension() {
    }

    static void stop(long pid) throws IOException, InterruptedException {
        if (isWindows()) {
            callWindows("NtSuspendProcess", pid);
        } else {
            signal("STOP", pid);
            awaitStopped(pid);
        }
    }

    /** The signal reaches one thread, which stops the others when it runs next: until then they work on. */
    private static void awaitStopped(long pid) throws IOException {
        long start = System.nanoTime();
        while (runs(pid)) {
            if (System.nanoTime() - start > Patience.LONG.toNanos()) {
                throw new IOException("process " + pid + " did not stop within " + Patience.SECONDS + " s");
            }
            Thread.onSpinWait();
        }
    }

    private static boolean runs(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads.toList()) {
                String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
                char state = stat.charAt(stat.lastIndexOf(')') + 2);
                if ("RSD".indexOf(state) >= 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException | UncheckedIOException threadEnded) { // look again, if the process has not ended too
            return Files.exists(Path.of("/proc", Long.toString(pid)));
        }
    }

    static void resume(long pid) throws IOException, InterruptedException {
        if (isWindows()) {
            callWindows("NtResumeProcess", pid);
        } else {
            signal("CONT", pid);
        }
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill -" + name + " " + pid + " failed");
        }
    }

    private static void callWindows(String function, long pid) throws IOException {
        MethodHandle open = link("kernel32", "OpenProcess", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT,
                JAVA_INT));
        MethodHandle call = link("ntdll", function, FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
        MethodHandle close = link("kernel32", "CloseHandle", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
        try {
            long process = (long) open.invokeExact(PROCESS_SUSPEND_RESUME, 0, (int) pid);
            int status = (int) call.invokeExact(process);
            int closed = (int) close.invokeExact(process);
            if (process == 0 || status < 0 || closed == 0) {
                throw new IOException(
                        String.format(Locale.ROOT, "%s of process %d failed: 0x%08X", function, pid, status));
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(function, e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle link(String library, String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(
                SymbolLookup.libraryLookup(library, Arena.global()).find(name).orElseThrow(), descriptor);
    }
}
