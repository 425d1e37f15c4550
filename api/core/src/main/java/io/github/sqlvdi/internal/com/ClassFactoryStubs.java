package io.github.sqlvdi.internal.com;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.github.sqlvdi.Hresults;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandles;

/**
 * Upcall stubs of IClassFactory, which is no interface of VDI and so not in the bindings: QueryInterface, AddRef, Release,
 * CreateInstance, LockServer. Each finds the object of its {@code this} and passes the call on; no exception leaves it.
 */
final class ClassFactoryStubs {
    private static final int SLOTS = 5;
    private static final long CREATE_INSTANCE_OFFSET = 3 * ADDRESS.byteSize();
    private static final long LOCK_SERVER_OFFSET = 4 * ADDRESS.byteSize();

    /** The vtable of IClassFactory. */
    static final long VTABLE = new VtableBuilder(MethodHandles.lookup(),
            MemoryLayout.structLayout(MemoryLayout.sequenceLayout(SLOTS, ADDRESS)))
            .slot(CREATE_INSTANCE_OFFSET,
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS), "createInstance")
            .slot(LOCK_SERVER_OFFSET, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), "lockServer")
            .build();

    private ClassFactoryStubs() {}

    private static int createInstance(long self, long pUnkOuter, long riid, long ppvObject) {
        try {
            return ComObjects.target(self) instanceof IClassFactory target
                    ? target.createInstance(pUnkOuter, riid, ppvObject)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IClassFactory.CreateInstance", t);
        }
    }

    private static int lockServer(long self, int fLock) {
        try {
            return ComObjects.target(self) instanceof IClassFactory target
                    ? target.lockServer(fLock)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IClassFactory.LockServer", t);
        }
    }
}
