package io.github.sqlvdi.internal.com;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.sqlvdi.bindings.IUnknownVtbl;
import io.github.sqlvdi.bindings.IUnknown_AddRef;
import io.github.sqlvdi.bindings.IUnknown_QueryInterface;
import io.github.sqlvdi.bindings.IUnknown_Release;
import io.github.sqlvdi.internal.memory.Native;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Makes a vtable of upcall stubs on the methods of a Java interface. Stubs and vtable are never freed. */
final class VtableBuilder {
    private final Class<?> type;
    private final MemorySegment vtable;

    /**
     * Starts a vtable and fills its first three slots with the methods of IUnknown.
     *
     * @param type the Java form of the COM interface
     * @param layout one address per slot
     */
    VtableBuilder(Class<?> type, GroupLayout layout) {
        this.type = type;
        this.vtable = Arena.global().allocate(layout);
        unknown(IUnknownVtbl.QueryInterface$offset(), IUnknown_QueryInterface.descriptor(), "queryInterface");
        unknown(IUnknownVtbl.AddRef$offset(), IUnknown_AddRef.descriptor(), "addRef");
        unknown(IUnknownVtbl.Release$offset(), IUnknown_Release.descriptor(), "release");
    }

    private void unknown(long offset, FunctionDescriptor descriptor, String method) {
        FunctionDescriptor signature = Native.withLongPointers(descriptor);
        put(offset, ComObjects.unknown(method, signature.toMethodType()), signature);
    }

    /**
     * Fills a slot.
     *
     * @param offset where it is, in bytes
     * @param descriptor the C function, {@code this} first
     * @param method the method of the Java interface
     */
    VtableBuilder slot(long offset, FunctionDescriptor descriptor, String method) {
        FunctionDescriptor signature = Native.withLongPointers(descriptor);
        put(offset, Upcalls.ofMethod(type, method, signature.toMethodType()), signature);
        return this;
    }

    private void put(long offset, MethodHandle target, FunctionDescriptor signature) {
        if (vtable.get(JAVA_LONG, offset) != 0) {
            throw new IllegalStateException("slot at offset " + offset + " of " + type + " is filled twice");
        }
        vtable.set(JAVA_LONG, offset, Native.upcall(target, signature));
    }

    /** {@return the address of the vtable, after a check that every slot is filled} */
    long build() {
        for (long offset = 0; offset < vtable.byteSize(); offset += Long.BYTES) {
            if (vtable.get(JAVA_LONG, offset) == 0) {
                throw new IllegalStateException("slot at offset " + offset + " of " + type + " was left empty");
            }
        }
        return vtable.address();
    }
}
