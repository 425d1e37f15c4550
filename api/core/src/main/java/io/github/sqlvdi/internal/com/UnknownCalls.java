package io.github.sqlvdi.internal.com;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.github.sqlvdi.bindings.IUnknownVtbl;
import io.github.sqlvdi.bindings.IUnknown_AddRef;
import io.github.sqlvdi.bindings.IUnknown_QueryInterface;
import io.github.sqlvdi.bindings.IUnknown_Release;
import io.github.sqlvdi.internal.memory.Memory;
import io.github.sqlvdi.internal.memory.Native;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Calls through the vtable of a COM interface pointer: the methods of IUnknown, which every interface has. The
 * functions are read from the vtable once, when this object is made: a COM object's vtable does not change in its life,
 * and a final function address makes a call as fast as JNI's. In the descriptors {@code this} is one of the pointers,
 * so a call is {@code (function, this, arguments)}.
 */
public class UnknownCalls {
    private static final MethodHandle QUERY_INTERFACE = Native.downcall(IUnknown_QueryInterface.descriptor());
    private static final MethodHandle ADD_REF = Native.downcall(IUnknown_AddRef.descriptor());
    private static final MethodHandle RELEASE = Native.downcall(IUnknown_Release.descriptor());

    private final long pointer;
    private final MemorySegment queryInterface;
    private final MemorySegment addRef;
    private final MemorySegment release;

    /** @param pointer an interface pointer, not NULL; this object does not own a reference */
    public UnknownCalls(long pointer) {
        if (pointer == 0) {
            throw new IllegalArgumentException("an interface pointer must not be NULL");
        }
        this.pointer = pointer;
        this.queryInterface = slot(IUnknownVtbl.QueryInterface$offset());
        this.addRef = slot(IUnknownVtbl.AddRef$offset());
        this.release = slot(IUnknownVtbl.Release$offset());
    }

    public final long pointer() {
        return pointer;
    }

    /** Reads the function address in a slot of the vtable, the first argument of a handle. */
    final MemorySegment slot(long offset) {
        long vtable = Memory.ALL.get(JAVA_LONG_UNALIGNED, pointer);
        return MemorySegment.ofAddress(Memory.ALL.get(JAVA_LONG_UNALIGNED, vtable + offset));
    }

    /** Asks for another interface. On success the pointer in {@code *ppv} owns a reference. */
    public final int queryInterface(long riid, long ppv) {
        try {
            return (int) QUERY_INTERFACE.invokeExact(queryInterface, pointer, riid, ppv);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    public final int addRef() {
        try {
            return (int) ADD_REF.invokeExact(addRef, pointer);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** {@return the number of references left; at 0 the object is gone and this pointer is invalid} */
    public final int release() {
        try {
            return (int) RELEASE.invokeExact(release, pointer);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
