package io.github.sqlvdi.processes;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/** Starts children as native code of a host process does: unlike Java's own, they inherit what is not closed by exec. */
final class NativeChild {
    private static final MethodHandle SYSTEM = link("system", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle CLONE =
            link("clone", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, JAVA_LONG),
                    Linker.Option.firstVariadicArg(4));
    private static final int SIGCHLD = 17;
    private static final int STACK_BYTES = 64 * 1024;

    private NativeChild() {
    }

    /** Starts a program that does nothing for so many seconds and keeps every other descriptor that it inherits. */
    static void exec(int seconds) {
        try (Arena arena = Arena.ofConfined()) {
            String command = String.format(Locale.ROOT, "sleep %d >/dev/null 2>&1 </dev/null &", seconds);
            if ((int) SYSTEM.invokeExact(arena.allocateFrom(command)) != 0) {
                throw new IllegalStateException("system failed");
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Makes a copy of this process, with all its descriptors, that sleeps so many seconds and ends. The copy calls the C
     * library's {@code sleep} at once and never comes back to the JVM: it has no thread but one, and a JVM in which a
     * safepoint is under way waits in the copy for threads that are not there.
     *
     * @return the process id of the copy
     */
    static int fork(int seconds) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment stack = arena.allocate(STACK_BYTES, 16);
            int child = (int) CLONE.invokeExact(Linker.nativeLinker().defaultLookup().find("sleep").orElseThrow(),
                    stack.asSlice(STACK_BYTES), SIGCHLD, (long) seconds);
            if (child < 0) {
                throw new IllegalStateException("clone failed");
            }
            return child;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle link(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor, options);
    }
}
