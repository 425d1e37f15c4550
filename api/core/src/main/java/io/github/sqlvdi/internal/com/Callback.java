package io.github.sqlvdi.internal.com;

import io.github.sqlvdi.bindings.VDS_CompletionRoutine;
import io.github.sqlvdi.internal.memory.Native;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;

/** Completion routines, {@code void (*)(VDS_Command*)}: calls one, and makes one from a Java method. */
public final class Callback {
    /** A process has one or a few completion routines; a power of 2. */
    private static final int FUNCTIONS_KEPT = 16;
    private static final MemorySegment[] FUNCTIONS = new MemorySegment[FUNCTIONS_KEPT];
    private static final MethodHandle CALL = Native.downcall(VDS_CompletionRoutine.descriptor());
    private static final MethodHandle COMPLETED;

    static {
        try {
            COMPLETED = MethodHandles.lookup()
                    .findVirtual(CommandCallback.class, "completed", MethodType.methodType(void.class, long.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Callback() {
    }

    /**
     * Calls a completion routine (VDI reference 3.9.1). Allocates nothing; any thread.
     *
     * @param function the routine's address
     * @param pCmd the address of its {@code VDS_Command}, passed on as it is
     * @throws IllegalArgumentException when {@code function} is NULL
     */
    public static void invoke(long function, long pCmd) {
        try {
            CALL.invokeExact(function(function), pCmd);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /**
     * Returns the routine as a segment, the form in which a handle takes it. Segments are cached because the JIT
     * compiler does not always remove the allocation of a new one. Any thread: an entry is replaced as a whole, and a
     * lost race costs one object.
     */
    private static MemorySegment function(long address) {
        int index = (int) (address >>> 4) & (FUNCTIONS_KEPT - 1);
        MemorySegment known = FUNCTIONS[index];
        if (known == null || known.address() != address) {
            known = MemorySegment.ofAddress(address);
            FUNCTIONS[index] = known;
        }
        return known;
    }

    /**
     * Makes a native function that calls {@code target}. It lives as long as the JVM: make one, and distinguish
     * commands by their context. An exception of the target is logged as an error of {@code io.github.sqlvdi.com} and
     * ends there.
     *
     * @param target called on the thread that completes the command, which may be a native one
     * @return the function's address
     */
    public static long stub(CommandCallback target) {
        MethodHandle completed = COMPLETED.bindTo(Objects.requireNonNull(target, "target"));
        return Native.upcall(Upcalls.guarded(completed, "VDS_CompletionRoutine", 0),
                Native.withLongPointers(VDS_CompletionRoutine.descriptor()));
    }
}
