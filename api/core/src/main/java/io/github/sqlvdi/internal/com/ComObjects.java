package io.github.sqlvdi.internal.com;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.bindings.Guids;
import io.github.sqlvdi.internal.memory.Memory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;

/**
 * Exports Java objects as COM objects: gives an interface pointer whose vtable is made of upcall stubs, counts
 * references, answers QueryInterface, and drops the object at zero. Any thread may call, native ones included. Only the
 * last Release takes a lock.
 *
 * <p>The rules of IUnknown here:
 * <ul>
 * <li>QueryInterface gives the interface itself, IUnknown (the same pointer from every interface of the object), for
 * client set 2 also client set 1 (the same pointer), and for a server set its other interface. Any other identifier
 * gets E_NOINTERFACE (0x80004002) with NULL in {@code *ppv}. A NULL {@code ppv} or {@code riid} gets E_POINTER
 * (0x80004003). For a NULL {@code riid}, {@code *ppv} is NULL as well.
 * <li>AddRef and Release give the new count. At 0 the object is gone. From then on AddRef and Release give 0, and every
 * other method gives CO_E_OBJNOTCONNECTED (0x800401FD). A Release too many changes nothing.
 * <li>An exception of the implementation is logged as an error of {@code io.github.sqlvdi.com}, and the caller gets
 * VD_E_UNEXPECTED (0x8077000B).
 * </ul>
 *
 * @see ComCells the memory an interface pointer points to
 */
public final class ComObjects {
    private static final ComCells CELLS = new ComCells();
    private static final Guid IID_UNKNOWN = Guid.of(Guids.IID_IUnknown);
    private static final Guid IID_CLASS_FACTORY = Guid.of(ClassFactoryCalls.IID);
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
     * @param onFinalRelease called once, on the thread that released the last reference and after the object is gone;
     *        its exception is logged
     * @return an interface pointer with one reference, never 0
     */
    public static long export(IClientVirtualDevice target, Runnable onFinalRelease) {
        return add(new ComObject.Face(Vtables.ClientDevice.VTABLE, target, IID_CLIENT_DEVICE), null, onFinalRelease);
    }

    /** Exports a client device set. The pointer serves both client set interfaces, because set 2 extends set 1. */
    public static long export(IClientVirtualDeviceSet2 target, Runnable onFinalRelease) {
        return add(
                new ComObject.Face(Vtables.ClientSet.VTABLE, target, IID_CLIENT_SET2, IID_CLIENT_SET), null,
                onFinalRelease);
    }

    /** Exports a server device. */
    public static long export(IServerVirtualDevice target, Runnable onFinalRelease) {
        return add(new ComObject.Face(Vtables.ServerDevice.VTABLE, target, IID_SERVER_DEVICE), null, onFinalRelease);
    }

    /**
     * Exports a server device set with both server interfaces, which have vtables of their own.
     *
     * @return the IServerVirtualDeviceSet2 pointer with one reference
     */
    public static long exportServerSet(
            IServerVirtualDeviceSet2 target, IServerVirtualDeviceSet legacy, Runnable onFinalRelease) {
        return add(
                new ComObject.Face(Vtables.ServerSet.VTABLE, target, IID_SERVER_SET2),
                new ComObject.Face(Vtables.LegacyServerSet.VTABLE, legacy, IID_SERVER_SET),
                onFinalRelease);
    }

    /** Exports a class factory. */
    public static long export(IClassFactory target, Runnable onFinalRelease) {
        return add(new ComObject.Face(Vtables.ClassFactory.VTABLE, target, IID_CLASS_FACTORY), null, onFinalRelease);
    }

    private static long add(ComObject.Face first, ComObject.Face second, Runnable onFinalRelease) {
        return CELLS.add(first, second, Objects.requireNonNull(onFinalRelease, "onFinalRelease")).cell;
    }

    /**
     * Returns the number of exported objects of this JVM that have references. If nothing leaks, it is the same before
     * and after a use.
     */
    public static int liveCount() {
        return CELLS.live();
    }

    /**
     * Returns the target of a slot of IUnknown. It is the same in every vtable.
     *
     * @param method {@code queryInterface}, {@code addRef} or {@code release}
     * @param slot the slot's type
     */
    static MethodHandle unknown(String method, MethodType slot) {
        try {
            // AddRef and Release return a count and no HRESULT, so a call that failed returns 0.
            boolean isQuery = method.equals("queryInterface");
            return Upcalls.guarded(MethodHandles.lookup().findStatic(ComObjects.class, method, slot),
                    Upcalls.nativeName("IUnknown", method), isQuery ? Hresults.VD_E_UNEXPECTED : 0);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("own method not found", e);
        }
    }

    /**
     * Finds the implementation for the other slots.
     *
     * @return the implementation behind an interface pointer; null when no exported object is there, or it is gone
     */
    static Object target(long self) {
        ComObject object = CELLS.find(self);
        if (object == null) {
            return null;
        }
        return self == object.cell ? object.first.target() : object.second.target();
    }

    // the slots of IUnknown, the same in every vtable

    private static int queryInterface(long self, long riid, long ppv) {
        if (ppv == 0) {
            return Hresults.E_POINTER;
        }
        Memory.ALL.set(JAVA_LONG_UNALIGNED, ppv, 0L);
        if (riid == 0) {
            return Hresults.E_POINTER;
        }
        ComObject object = CELLS.find(self);
        if (object == null) {
            return Hresults.CO_E_OBJNOTCONNECTED;
        }
        Guid iid = Guid.read(riid);
        long found;
        if (iid.equals(IID_UNKNOWN) || object.first.answers(iid)) {
            found = object.cell; // the identity of the object, whichever interface was asked
        } else if (object.second != null && object.second.answers(iid)) {
            found = object.cell + ComCells.SECOND_HALF;
        } else {
            return Hresults.E_NOINTERFACE;
        }
        if (object.addRef() == 0) {
            return Hresults.CO_E_OBJNOTCONNECTED;
        }
        Memory.ALL.set(JAVA_LONG_UNALIGNED, ppv, found);
        return Hresults.S_OK;
    }

    private static int addRef(long self) {
        ComObject object = CELLS.find(self);
        return object == null ? 0 : object.addRef();
    }

    private static int release(long self) {
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
    }
}
