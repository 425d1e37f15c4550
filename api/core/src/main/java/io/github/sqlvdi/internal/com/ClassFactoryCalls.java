package io.github.sqlvdi.internal.com;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.github.sqlvdi.bindings.Guids;
import io.github.sqlvdi.internal.memory.Native;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Calls through the vtable of an IClassFactory pointer, which {@code DllGetClassObject} of a library gives. Any thread.
 */
public final class ClassFactoryCalls extends UnknownCalls {

    /** {@code IClassFactory}. */
    public static final MemorySegment IID = Guids.of("00000001-0000-0000-c000-000000000046");

    private static final MethodHandle CREATE_INSTANCE =
            Native.downcall(FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS));

    private final MemorySegment createInstance = slot(3 * ADDRESS.byteSize());

    /**
     * Wraps a pointer.
     *
     * @param pointer an IClassFactory pointer, not NULL; this object does not own a reference
     */
    public ClassFactoryCalls(long pointer) {
        super(pointer);
    }

    /**
     * {@code HRESULT CreateInstance(IUnknown *pUnkOuter, REFIID riid, void **ppvObject)}, slot 3, with no outer object.
     *
     * @param riid the address of the interface's identifier
     * @param ppv gets the pointer; on success it owns a reference
     * @return the HRESULT
     */
    public int createInstance(long riid, long ppv) {
        try {
            return (int) CREATE_INSTANCE.invokeExact(createInstance, pointer(), 0L, riid, ppv);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
