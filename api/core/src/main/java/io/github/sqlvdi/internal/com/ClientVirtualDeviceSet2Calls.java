package io.github.sqlvdi.internal.com;

import io.github.sqlvdi.bindings.IClientVirtualDeviceSet2Vtbl;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet2_CreateEx;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet2_OpenInSecondaryEx;
import io.github.sqlvdi.internal.memory.Native;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls through the vtable of an IClientVirtualDeviceSet2 pointer. Allocates nothing; any thread. */
public final class ClientVirtualDeviceSet2Calls extends ClientVirtualDeviceSetCalls
        implements
            IClientVirtualDeviceSet2 {
    private static final MethodHandle CREATE_EX = Native.downcall(IClientVirtualDeviceSet2_CreateEx.descriptor());
    private static final MethodHandle OPEN_IN_SECONDARY_EX =
            Native.downcall(IClientVirtualDeviceSet2_OpenInSecondaryEx.descriptor());

    private final MemorySegment createEx = slot(IClientVirtualDeviceSet2Vtbl.CreateEx$offset());
    private final MemorySegment openInSecondaryEx = slot(IClientVirtualDeviceSet2Vtbl.OpenInSecondaryEx$offset());

    public ClientVirtualDeviceSet2Calls(long pointer) {
        super(pointer);
    }

    @Override
    public int createEx(long lpInstanceName, long lpName, long pCfg) {
        try {
            return (int) CREATE_EX.invokeExact(createEx, pointer(), lpInstanceName, lpName, pCfg);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int openInSecondaryEx(long lpInstanceName, long lpSetName) {
        try {
            return (int) OPEN_IN_SECONDARY_EX.invokeExact(openInSecondaryEx, pointer(), lpInstanceName, lpSetName);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
