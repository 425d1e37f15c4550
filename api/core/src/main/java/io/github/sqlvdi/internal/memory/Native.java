package io.github.sqlvdi.internal.memory;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Links Java with native functions, in both directions. */
public final class Native {

    private Native() {
    }

    /**
     * Replaces the pointers of a signature by {@code long}. The ABI is the same, but a call needs no segments, which
     * would have to be created, kept alive and sized.
     *
     * @param descriptor the C function
     * @return the descriptor with {@code JAVA_LONG} in the place of each address
     */
    public static FunctionDescriptor withLongPointers(FunctionDescriptor descriptor) {
        MemoryLayout[] arguments = descriptor.argumentLayouts().stream()
                .map(layout -> layout instanceof AddressLayout ? ValueLayout.JAVA_LONG : layout)
                .toArray(MemoryLayout[]::new);
        return descriptor
                .returnLayout()
                .map(result -> FunctionDescriptor.of(result, arguments))
                .orElseGet(() -> FunctionDescriptor.ofVoid(arguments));
    }

    /**
     * Makes a handle whose first argument is the function's address. The call is not a critical one: the callee may
     * block or call back.
     *
     * @param descriptor the C function; its pointers become {@code long}
     * @return the handle, to be kept in a static final field
     */
    @SuppressWarnings("restricted")
    public static MethodHandle downcall(FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(withLongPointers(descriptor));
    }

    /**
     * Makes a handle for a function of a library.
     *
     * @param library the library that contains the function
     * @param name its name
     * @param descriptor the C function; its pointers stay segments
     * @param options the state to capture, the first variadic argument
     * @return the handle, to be kept in a static final field
     * @throws UnsatisfiedLinkError if the library has no such function
     */
    @SuppressWarnings("restricted")
    public static MethodHandle downcall(SymbolLookup library, String name, FunctionDescriptor descriptor,
            Linker.Option... options) {
        MemorySegment function = library.find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError("the library has no function " + name));
        return Linker.nativeLinker().downcallHandle(function, descriptor, options);
    }

    /**
     * Makes a native function from a handle. It is never freed, because there is no sign that its last native caller is
     * gone.
     *
     * @param target must not throw: an exception that leaves an upcall ends the JVM
     * @param signature the C function as the target sees it
     * @return the function's address
     */
    @SuppressWarnings("restricted")
    public static long upcall(MethodHandle target, FunctionDescriptor signature) {
        return Linker.nativeLinker().upcallStub(target, signature, Arena.global()).address();
    }

    /**
     * Turns a throwable that {@code invokeExact} of a downcall threw into an unchecked exception. A downcall never
     * throws a checked exception; an {@link Error} is thrown on at once.
     *
     * @param thrown the throwable
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
