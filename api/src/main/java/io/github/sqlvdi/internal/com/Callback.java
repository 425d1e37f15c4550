package io.github.sqlvdi.internal.com;

import io.github.sqlvdi.bindings.VDS_CompletionRoutine;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Completion routines, {@code void (*)(VDS_Command*)}: calling one, and making one of a Java method. */
public final class Callback {
    private static final Logger LOG = System.getLogger("io.github.sqlvdi.com");
    private static final MethodHandle CALL = Signatures.downcall(VDS_CompletionRoutine.descriptor());

    private Callback() {}

    /** Calls the routine at {@code function} with {@code pCmd}. */
    @SuppressWarnings("restricted")
    public static void invoke(long function, long pCmd) {
        try {
            CALL.invokeExact(MemorySegment.ofAddress(function), pCmd);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    /**
     * A native function that calls {@code target}; it lives as long as the JVM, so make one and tell commands apart by
     * their context. An exception of the target is logged and ends there.
     *
     * @return the function's address
     */
    @SuppressWarnings("restricted")
    public static long stub(CommandCallback target) {
        FunctionDescriptor signature = Signatures.withLongPointers(VDS_CompletionRoutine.descriptor());
        try {
            MethodHandle guarded = MethodHandles.lookup()
                    .findStatic(Callback.class, "guarded",
                            MethodType.methodType(void.class, CommandCallback.class, long.class))
                    .bindTo(target);
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
            LOG.log(Level.ERROR, "a completion callback threw", t); // leaving the upcall would end the JVM
        }
    }
}
