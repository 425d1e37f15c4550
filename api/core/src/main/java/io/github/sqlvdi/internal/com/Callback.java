package io.github.sqlvdi.internal.com;

import io.github.sqlvdi.bindings.VDS_CompletionRoutine;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;

/** Completion routines, {@code void (*)(VDS_Command*)}: calling one, and making one of a Java method. */
public final class Callback {
    private static final UpcallFailures FAILURES = new UpcallFailures();
    /** A process has one or a few completion routines; a power of 2. */
    private static final int FUNCTIONS_KEPT = 16;
    private static final MemorySegment[] FUNCTIONS = FunctionCache.create(FUNCTIONS_KEPT);
    private static final MethodHandle CALL = Signatures.downcall(VDS_CompletionRoutine.descriptor());

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
            CALL.invokeExact(FunctionCache.at(FUNCTIONS, (int) (function >>> 4) & (FUNCTIONS_KEPT - 1), function),
                    pCmd);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    /**
     * A native function that calls {@code target}; it lives as long as the JVM, so make one and tell commands apart by
     * their context. An exception of the target is logged as an error of {@code io.github.sqlvdi.com} and ends there.
     *
     * @param target called on whatever thread completes the command, native ones included
     * @return the function's address
     */
    @SuppressWarnings("restricted")
    public static long stub(CommandCallback target) {
        FunctionDescriptor signature = Signatures.withLongPointers(VDS_CompletionRoutine.descriptor());
        try {
            MethodHandle guarded = MethodHandles.lookup()
                    .findStatic(Callback.class, "guarded",
                            MethodType.methodType(void.class, CommandCallback.class, long.class))
                    .bindTo(Objects.requireNonNull(target, "target"));
            return Linker.nativeLinker()
                    .upcallStub(guarded, signature, Arena.global())
                    .address();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("own method not found", e);
        }
    }

    private static void guarded(CommandCallback target, long pCmd) {
        try {
            target.completed(pCmd);
        } catch (Throwable t) {
            FAILURES.log("VDS_CompletionRoutine", t);
        }
    }
}
