package io.github.sqlvdi.internal.com;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The signatures of the bindings with pointers as {@code long}: the same ABI, but no segment to make, to keep alive or
 * to give a size to at each call.
 */
public final class Signatures {
    private Signatures() {
    }

    static FunctionDescriptor withLongPointers(FunctionDescriptor descriptor) {
        MemoryLayout[] arguments = descriptor.argumentLayouts().stream()
                .map(layout -> layout instanceof AddressLayout ? ValueLayout.JAVA_LONG : layout)
                .toArray(MemoryLayout[]::new);
        return descriptor
                .returnLayout()
                .map(result -> FunctionDescriptor.of(result, arguments))
                .orElseGet(() -> FunctionDescriptor.ofVoid(arguments));
    }

    /**
     * A handle whose first argument is the function's address. Ordinary, not critical: the callee may block or call back.
     *
     * @param descriptor the C function; its pointers become {@code long}
     * @return the handle, to be kept in a static final field
     */
    @SuppressWarnings("restricted")
    public static MethodHandle downcall(FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(withLongPointers(descriptor));
    }

    /**
     * What a downcall can throw is an error of ours, never a checked exception.
     *
     * @param thrown what {@code invokeExact} threw
     * @return the exception, to be thrown
     */
    public static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof RuntimeException runtime) {
            return runtime;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        throw new AssertionError("a downcall threw a checked exception", thrown);
    }
}
