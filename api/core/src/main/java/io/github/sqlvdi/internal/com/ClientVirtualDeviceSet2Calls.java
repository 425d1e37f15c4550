package io.github.sqlvdi.internal.com;

import io.github.sqlvdi.bindings.IClientVirtualDeviceSet2Vtbl;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet2_CreateEx;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet2_OpenInSecondaryEx;
import java.lang.invoke.MethodHandle;

/** Calls through the vtable of an IClientVirtualDeviceSet2 pointer. Allocates nothing; any thread. */
public class ClientVirtualDeviceSet2Calls extends ClientVirtualDeviceSetCalls
        implements
            IClientVirtualDeviceSet2 {
    private static final MethodHandle CREATE_EX = Signatures.downcall(IClientVirtualDeviceSet2_CreateEx.descriptor());
    private static final MethodHandle OPEN_IN_SECONDARY_EX =
            Signatures.downcall(IClientVirtualDeviceSet2_OpenInSecondaryEx.descriptor());

    public ClientVirtualDeviceSet2Calls(long pointer) {
        super(pointer);
    }

    @Override
    public int createEx(long lpInstanceName, long lpName, long pCfg) {
        try {
            return (int) CREATE_EX.invokeExact(slot(IClientVirtualDeviceSet2Vtbl.CreateEx$offset()), pointer(),
                    lpInstanceName, lpName, pCfg);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int openInSecondaryEx(long lpInstanceName, long lpSetName) {
        try {
            return (int) OPEN_IN_SECONDARY_EX.invokeExact(slot(IClientVirtualDeviceSet2Vtbl.OpenInSecondaryEx$offset()),
                    pointer(), lpInstanceName, lpSetName);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }
}
