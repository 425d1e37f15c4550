package io.github.sqlvdi.embedded;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.bindings.Guids;
import io.github.sqlvdi.internal.com.ComObjects;
import io.github.sqlvdi.internal.com.Guid;
import io.github.sqlvdi.internal.com.IClassFactory;
import io.github.sqlvdi.internal.engine.EmbeddedVdi;
import io.github.sqlvdi.internal.memory.Memory;

/**
 * The embedded VDI as a COM server. A native library with a JVM inside implements COM's {@code DllGetClassObject} with
 * {@link #getClassObject}. A program written for {@code sqlvdi.dll} then works with the embedded VDI unchanged.
 * {@code samples/src/main/c} has such a library for Windows and Linux.
 */
public final class VdiClassObjects {
    private static final Guid CLIENT_SET = Guid.of(Guids.CLSID_MSSQL_ClientVirtualDeviceSet);
    private static final Guid SERVER_SET = Guid.of(Guids.CLSID_MSSQL_ServerVirtualDeviceSet);

    private VdiClassObjects() {
    }

    /**
     * Returns the class factory of one of the two VDI classes, as {@code DllGetClassObject} does (VDI reference 16.2).
     * Any thread may call it, also a native thread that is attached to the JVM. The objects that the factory makes
     * belong to their caller and are freed with their last reference. Any thread may call them.
     *
     * @param clsid the address of the class's identifier, 16 readable bytes: that of the client or of the server set
     * @param iid the address of the identifier of the requested interface, 16 readable bytes: IClassFactory or IUnknown
     * @param ppv the address of 8 writable bytes for the pointer, which owns a reference; NULL is written after a
     *     failure
     * @return {@code S_OK}; {@code E_POINTER} if an address is 0; {@code CLASS_E_CLASSNOTAVAILABLE} for another class;
     *         {@code E_NOINTERFACE} for another interface
     */
    public static int getClassObject(long clsid, long iid, long ppv) {
        if (ppv == 0) {
            return Hresults.E_POINTER;
        }
        Memory.ALL.set(JAVA_LONG_UNALIGNED, ppv, 0L);
        if (clsid == 0 || iid == 0) {
            return Hresults.E_POINTER;
        }
        Guid wanted = Guid.read(clsid);
        IClassFactory factory;
        if (wanted.equals(CLIENT_SET)) {
            factory = new EmbeddedClassFactory(EmbeddedVdi::createClientSet);
        } else if (wanted.equals(SERVER_SET)) {
            factory = new EmbeddedClassFactory(EmbeddedVdi::createServerSet);
        } else {
            return Hresults.CLASS_E_CLASSNOTAVAILABLE;
        }
        return EmbeddedClassFactory.give(ComObjects.export(factory, () -> {
        }), iid, ppv);
    }

    /**
     * Returns how many COM objects of the embedded VDI, factories included, now have references in the whole JVM.
     *
     * @return the number of objects; it is the same before and after any work that releases all its references
     */
    public static int liveObjects() {
        return ComObjects.liveCount();
    }
}
