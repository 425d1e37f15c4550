package io.github.sqlvdi.internal.com;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.bindings.IClientVirtualDeviceVtbl;
import io.github.sqlvdi.bindings.IClientVirtualDevice_CompleteCommand;
import io.github.sqlvdi.bindings.IClientVirtualDevice_GetCommand;
import java.lang.invoke.MethodHandles;

/**
 * Upcall stubs of IClientVirtualDevice: each finds the object of its {@code this} and passes the call on; no exception
 * leaves it.
 */
final class ClientDeviceStubs {
    /** The vtable of IClientVirtualDevice. */
    static final long VTABLE = new VtableBuilder(MethodHandles.lookup(), IClientVirtualDeviceVtbl.layout())
            .slot(IClientVirtualDeviceVtbl.GetCommand$offset(), IClientVirtualDevice_GetCommand.descriptor(),
                    "getCommand")
            .slot(IClientVirtualDeviceVtbl.CompleteCommand$offset(), IClientVirtualDevice_CompleteCommand.descriptor(),
                    "completeCommand")
            .build();

    private ClientDeviceStubs() {}

    private static int getCommand(long self, int dwTimeOut, long ppCmd) {
        try {
            return ComObjects.target(self) instanceof IClientVirtualDevice target
                    ? target.getCommand(dwTimeOut, ppCmd)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IClientVirtualDevice.GetCommand", t);
        }
    }

    private static int completeCommand(long self, long pCmd, int dwCompletionCode, int dwBytesTransferred,
            long dwlPosition) {
        try {
            return ComObjects.target(self) instanceof IClientVirtualDevice target
                    ? target.completeCommand(pCmd, dwCompletionCode, dwBytesTransferred, dwlPosition)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IClientVirtualDevice.CompleteCommand", t);
        }
    }
}
