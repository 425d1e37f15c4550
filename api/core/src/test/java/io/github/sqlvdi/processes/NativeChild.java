package io.github.sqlvdi.processes;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/** Starts children as native code of a host process does: unlike Java's own, they inherit what is not closed by exec. */
final class NativeChild {
    private static final MethodHandle SYSTEM = link("system", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle FORK = link("fork", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle SLEEP = link("sleep", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle EXIT = link("_exit", FunctionDescriptor.ofVoid(JAVA_INT));

    private NativeChild() {
    }

    /** Starts a program that does nothing for so many seconds and keeps every descriptor that it inherits. */
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

    /** Makes a copy of this process, with all its descriptors, that sleeps so many seconds and ends. */
    static void fork(int seconds) {
        try {
            int child = (int) FORK.invokeExact();
            if (child == 0) {
                int ignored = (int) SLEEP.invokeExact(seconds);
                EXIT.invokeExact(0);
            }
            if (child < 0) {
                throw new IllegalStateException("fork failed");
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle link(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor);
    }
}
