package io.github.sqlvdi.internal.com;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.bindings.IServerVirtualDeviceVtbl;
import io.github.sqlvdi.bindings.IServerVirtualDevice_CloseDevice;
import io.github.sqlvdi.bindings.IServerVirtualDevice_SendCommand;
import java.lang.invoke.MethodHandles;

/**
 * Upcall stubs of IServerVirtualDevice: each finds the object of its {@code this} and passes the call on; no exception
 * leaves it.
 */
final class ServerDeviceStubs {
    /** The vtable of IServerVirtualDevice. */
    static final long VTABLE = new VtableBuilder(MethodHandles.lookup(), IServerVirtualDeviceVtbl.layout())
            .slot(IServerVirtualDeviceVtbl.SendCommand$offset(), IServerVirtualDevice_SendCommand.descriptor(),
                    "sendCommand")
            .slot(IServerVirtualDeviceVtbl.CloseDevice$offset(), IServerVirtualDevice_CloseDevice.descriptor(),
                    "closeDevice")
            .build();

    private ServerDeviceStubs() {}

    private static int sendCommand(long self, long pCmd) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDevice target
                    ? target.sendCommand(pCmd)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDevice.SendCommand", t);
        }
    }

    private static int closeDevice(long self) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDevice target
                    ? target.closeDevice()
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDevice.CloseDevice", t);
        }
    }
}
