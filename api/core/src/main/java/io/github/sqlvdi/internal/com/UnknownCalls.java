package io.github.sqlvdi.internal.com;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.github.sqlvdi.bindings.IServerVirtualDeviceSet2Vtbl;
import io.github.sqlvdi.bindings.IUnknownVtbl;
import io.github.sqlvdi.bindings.IUnknown_AddRef;
import io.github.sqlvdi.bindings.IUnknown_QueryInterface;
import io.github.sqlvdi.bindings.IUnknown_Release;
import io.github.sqlvdi.internal.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Calls through the vtable of a COM interface pointer; the IUnknown part that all have. The vtable is read at each
 * call, as a C++ compiler does it (0.4 ns). In the descriptors {@code this} is one of the pointers, so a call is
 * {@code (function, this, arguments)}.
 */
public class UnknownCalls {
    private static final MethodHandle QUERY_INTERFACE = Signatures.downcall(IUnknown_QueryInterface.descriptor());
    private static final MethodHandle ADD_REF = Signatures.downcall(IUnknown_AddRef.descriptor());
    private static final MethodHandle RELEASE = Signatures.downcall(IUnknown_Release.descriptor());

    /** As many as the longest of the vtables has. */
    private static final int SLOTS = (int) (IServerVirtualDeviceSet2Vtbl.sizeof() / Long.BYTES);

    private final long pointer;
    private final MemorySegment[] functions = FunctionCache.create(SLOTS);

    /** @param pointer an interface pointer, not NULL; this object does not own a reference */
    public UnknownCalls(long pointer) {
        if (pointer == 0) {
            throw new IllegalArgumentException("an interface pointer must not be NULL");
        }
        this.pointer = pointer;
    }

    public final long pointer() {
        return pointer;
    }

    /** The address of the function in a slot, as the function-address argument of a handle. */
    final MemorySegment slot(long offset) {
        long vtable = Memory.ALL.get(JAVA_LONG_UNALIGNED, pointer);
        return FunctionCache.at(functions, (int) (offset / Long.BYTES),
                Memory.ALL.get(JAVA_LONG_UNALIGNED, vtable + offset));
    }

    /** Asks for another interface; on success the result owns a reference. */
    public final int queryInterface(long riid, long ppv) {
        try {
            return (int) QUERY_INTERFACE.invokeExact(slot(IUnknownVtbl.QueryInterface$offset()), pointer, riid, ppv);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    public final int addRef() {
        try {
            return (int) ADD_REF.invokeExact(slot(IUnknownVtbl.AddRef$offset()), pointer);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    /** @return the references left; at 0 the object is gone and this pointer dead */
    public final int release() {
        try {
            return (int) RELEASE.invokeExact(slot(IUnknownVtbl.Release$offset()), pointer);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }
}
