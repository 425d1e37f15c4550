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
 * The embedded VDI as a COM server. A native library with a JVM inside answers COM's {@code DllGetClassObject} by
 * {@link #getClassObject}; a program written for {@code sqlvdi.dll} then works against the embedded VDI unchanged.
 * {@code samples/src/main/c} has such a library for Windows and Linux.
 */
public final class VdiClassObjects {
    private static final Guid CLIENT_SET = Guid.of(Guids.CLSID_MSSQL_ClientVirtualDeviceSet);
    private static final Guid SERVER_SET = Guid.of(Guids.CLSID_MSSQL_ServerVirtualDeviceSet);

    private VdiClassObjects() {
    }

    /**
     * Gives the class factory of one of the two VDI classes, as {@code DllGetClassObject} does (VDI reference 16.2). Any
     * thread may call it, a native one that is attached to the JVM as well. The objects that the factory makes belong to
     * their caller and are gone with their last reference; they may be called by any thread.
     *
     * @param clsid the address of the class's identifier, 16 readable bytes: that of the client or of the server set
     * @param iid the address of the identifier of the interface asked for, 16 readable bytes: IClassFactory or IUnknown
     * @param ppv the address of 8 writable bytes for the pointer, which owns a reference; NULL is written on a failure
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
     * Returns how many COM objects of the embedded VDI, factories included, have references now, in the whole JVM.
     *
     * @return the same number before and after a piece of work in which every reference was given back
     */
    public static int liveObjects() {
        return ComObjects.liveCount();
    }
}
