package io.github.sqlvdi.internal.com;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.sqlvdi.bindings.IUnknownVtbl;
import io.github.sqlvdi.bindings.IUnknown_AddRef;
import io.github.sqlvdi.bindings.IUnknown_QueryInterface;
import io.github.sqlvdi.bindings.IUnknown_Release;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * Makes a vtable of upcall stubs on static methods. Stubs and vtable are never freed: they must outlive the last native
 * caller, and there is one of each in the life of the JVM.
 */
final class VtableBuilder {
    private final MethodHandles.Lookup lookup;
    private final MemorySegment vtable;

    /** A vtable whose first three slots are IUnknown's already. */
    VtableBuilder(MethodHandles.Lookup lookup, GroupLayout layout) {
        this.lookup = lookup;
        this.vtable = Arena.global().allocate(layout);
        MethodHandles.Lookup unknown = ComObjects.lookup();
        put(unknown, IUnknownVtbl.QueryInterface$offset(), IUnknown_QueryInterface.descriptor(), "queryInterface");
        put(unknown, IUnknownVtbl.AddRef$offset(), IUnknown_AddRef.descriptor(), "addRef");
        put(unknown, IUnknownVtbl.Release$offset(), IUnknown_Release.descriptor(), "release");
    }

    VtableBuilder slot(long offset, FunctionDescriptor descriptor, String method) {
        put(lookup, offset, descriptor, method);
        return this;
    }

    @SuppressWarnings("restricted")
    private void put(MethodHandles.Lookup in, long offset, FunctionDescriptor descriptor, String method) {
        if (vtable.get(JAVA_LONG, offset) != 0) {
            throw new IllegalStateException("slot at offset " + offset + " is taken, " + method + " can't have it");
        }
        FunctionDescriptor signature = Signatures.withLongPointers(descriptor);
        try {
            MethodHandle target = in.findStatic(in.lookupClass(), method, signature.toMethodType());
            MemorySegment stub = Linker.nativeLinker().upcallStub(target, signature, Arena.global());
            vtable.set(JAVA_LONG, offset, stub.address());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("no method for slot at offset " + offset + ": " + method, e);
        }
    }

    /** @return the address of the vtable, every slot filled */
    long build() {
        for (long offset = 0; offset < vtable.byteSize(); offset += Long.BYTES) {
            if (vtable.get(JAVA_LONG, offset) == 0) {
                throw new IllegalStateException("slot at offset " + offset + " was left empty");
            }
        }
        return vtable.address();
    }
}
