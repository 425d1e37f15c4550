package io.github.sqlvdi.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

/**
 * Pins threads to CPUs. The kernel often puts two threads that hand work to each other on one CPU, and then a hand-off
 * costs a task switch. To measure hand-offs between two running threads, each thread gets its own CPU. Linux only;
 * elsewhere {@link #isPossible} is false and threads stay where the system puts them.
 */
public final class CpuPin {

    private static final int MASK_BYTES = 128;

    private CpuPin() {
    }

    public static boolean isPossible() {
        return System.getProperty("os.name").equals("Linux");
    }

    /** The CPUs this process may use, in ascending order. */
    public static List<Integer> allowed() {
        try {
            String list = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("Cpus_allowed_list:")).findFirst().orElseThrow().split("\\s+")[1];
            BitSet cpus = new BitSet();
            for (String range : list.split(",")) {
                String[] ends = range.split("-");
                cpus.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
            }
            return cpus.stream().boxed().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the CPUs of this process", e);
        }
    }

    /** Keeps the calling platform thread on one CPU. */
    public static void pin(int cpu) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
            mask.set(ValueLayout.JAVA_BYTE, cpu / Byte.SIZE, (byte) (1 << cpu % Byte.SIZE));
            int result = (int) SetAffinity.HANDLE.invokeExact(0, (long) MASK_BYTES, mask);
            if (result != 0) {
                throw new IllegalStateException(
                        "sched_setaffinity refused CPU " + cpu + ": expected one of " + allowed());
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError("a downcall threw a checked exception", t);
        }
    }

    /** {@code int sched_setaffinity(pid_t pid, size_t length, const cpu_set_t *mask)}; pid 0 is the calling thread. */
    private static final class SetAffinity {
        static final MethodHandle HANDLE = handle();

        @SuppressWarnings("restricted")
        private static MethodHandle handle() {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().find("sched_setaffinity").orElseThrow(),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG,
                            ValueLayout.ADDRESS));
        }
    }
}
