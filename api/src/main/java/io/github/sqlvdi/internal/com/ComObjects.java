package io.github.sqlvdi.internal.com;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.github.sqlvdi.Hresult;
import io.github.sqlvdi.bindings.Guids;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;

/**
 * Exports Java objects as COM objects: gives an interface pointer whose vtable is made of upcall stubs, counts references,
 * answers QueryInterface, and lets the object go at zero. Any thread, native ones included; no lock on a call.
 */
public final class ComObjects {
    private static final Logger LOG = System.getLogger("io.github.sqlvdi.com");
    private static final ComCells CELLS = new ComCells();
    private static final Guid IID_UNKNOWN = Guid.of(Guids.IID_IUnknown);
    private static final Guid IID_CLIENT_DEVICE = Guid.of(Guids.IID_IClientVirtualDevice);
    private static final Guid IID_CLIENT_SET = Guid.of(Guids.IID_IClientVirtualDeviceSet);
    private static final Guid IID_CLIENT_SET2 = Guid.of(Guids.IID_IClientVirtualDeviceSet2);
    private static final Guid IID_SERVER_DEVICE = Guid.of(Guids.IID_IServerVirtualDevice);
    private static final Guid IID_SERVER_SET = Guid.of(Guids.IID_IServerVirtualDeviceSet);
    private static final Guid IID_SERVER_SET2 = Guid.of(Guids.IID_IServerVirtualDeviceSet2);

    private ComObjects() {}

    /**
     * Exports a client device.
     *
     * @param onFinalRelease called once, on the thread that released the last reference
     * @return an interface pointer with one reference
     */
    public static long export(IClientVirtualDevice target, Runnable onFinalRelease) {
        return add(new ComObject.Face(ClientDeviceStubs.VTABLE, target, IID_CLIENT_DEVICE), null, onFinalRelease);
    }

    /** Exports a client device set; the pointer is that of both client set interfaces, as set 2 continues set 1. */
    public static long export(IClientVirtualDeviceSet2 target, Runnable onFinalRelease) {
        return add(
                new ComObject.Face(ClientSetStubs.VTABLE, target, IID_CLIENT_SET2, IID_CLIENT_SET), null,
                onFinalRelease);
    }

    /** Exports a server device. */
    public static long export(IServerVirtualDevice target, Runnable onFinalRelease) {
        return add(new ComObject.Face(ServerDeviceStubs.VTABLE, target, IID_SERVER_DEVICE), null, onFinalRelease);
    }

    /**
     * Exports a server device set with both server interfaces, which have vtables of their own.
     *
     * @return the IServerVirtualDeviceSet2 pointer with one reference
     */
    public static long exportServerSet(
            IServerVirtualDeviceSet2 target, IServerVirtualDeviceSet legacy, Runnable onFinalRelease) {
        return add(
                new ComObject.Face(ServerSetStubs.VTABLE, target, IID_SERVER_SET2),
                new ComObject.Face(LegacyServerSetStubs.VTABLE, legacy, IID_SERVER_SET),
                onFinalRelease);
    }

    private static long add(ComObject.Face first, ComObject.Face second, Runnable onFinalRelease) {
        return CELLS.add(first, second, onFinalRelease).cell;
    }

    /** How many exported objects have references: 0 when nobody leaks. */
    public static int liveCount() {
        return CELLS.live();
    }

    static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    /** @return the implementation behind an interface pointer; null when it is none of ours or gone */
    static Object target(long self) {
        ComObject object = CELLS.find(self);
        if (object == null) {
            return null;
        }
        return self == object.cell ? object.first.target() : object.second.target();
    }

    /** The end of every exception in a stub: leaving it would end the JVM. */
    static int unexpected(String method, Throwable thrown) {
        try {
            LOG.log(Level.ERROR, method + " failed inside", thrown);
        } catch (Throwable fromLogging) {
            thrown.addSuppressed(fromLogging); // nobody is left to tell
        }
        return Hresult.VD_E_UNEXPECTED;
    }

    // the slots of IUnknown, the same in every vtable

    private static int queryInterface(long self, long riid, long ppv) {
        try {
            if (ppv == 0) {
                return Hresult.E_POINTER;
            }
            Memory.ALL.set(JAVA_LONG_UNALIGNED, ppv, 0L);
            if (riid == 0) {
                return Hresult.E_POINTER;
            }
            ComObject object = CELLS.find(self);
            if (object == null) {
                return Hresult.CO_E_OBJNOTCONNECTED;
            }
            Guid iid = Guid.read(riid);
            long found;
            if (iid.equals(IID_UNKNOWN) || object.first.answers(iid)) {
                found = object.cell; // the identity of the object, whichever interface was asked
            } else if (object.second != null && object.second.answers(iid)) {
                found = object.cell + ComCells.SECOND_HALF;
            } else {
                return Hresult.E_NOINTERFACE;
            }
            if (object.addRef() == 0) {
                return Hresult.CO_E_OBJNOTCONNECTED;
            }
            Memory.ALL.set(JAVA_LONG_UNALIGNED, ppv, found);
            return Hresult.S_OK;
        } catch (Throwable t) {
            return unexpected("IUnknown.QueryInterface", t);
        }
    }

    private static int addRef(long self) {
        try {
            ComObject object = CELLS.find(self);
            return object == null ? 0 : object.addRef();
        } catch (Throwable t) {
            unexpected("IUnknown.AddRef", t);
            return 0;
        }
    }

    private static int release(long self) {
        try {
            ComObject object = CELLS.find(self);
            if (object == null) {
                return 0;
            }
            int left = object.release();
            if (left == 0) {
                CELLS.remove(object);
                object.onFinalRelease.run();
            }
            return Math.max(left, 0);
        } catch (Throwable t) {
            unexpected("IUnknown.Release", t);
            return 0;
        }
    }
}
