package io.github.sqlvdi.internal.com;

import io.github.sqlvdi.bindings.IServerVirtualDeviceVtbl;
import io.github.sqlvdi.bindings.IServerVirtualDevice_CloseDevice;
import io.github.sqlvdi.bindings.IServerVirtualDevice_SendCommand;
import java.lang.invoke.MethodHandle;

/** Calls through the vtable of an IServerVirtualDevice pointer. Allocates nothing; any thread. */
public class ServerVirtualDeviceCalls extends UnknownCalls implements IServerVirtualDevice {
    private static final MethodHandle SEND_COMMAND = Signatures.downcall(IServerVirtualDevice_SendCommand.descriptor());
    private static final MethodHandle CLOSE_DEVICE = Signatures.downcall(IServerVirtualDevice_CloseDevice.descriptor());

    public ServerVirtualDeviceCalls(long pointer) {
        super(pointer);
    }

    @Override
    public int sendCommand(long pCmd) {
        try {
            return (int) SEND_COMMAND.invokeExact(slot(IServerVirtualDeviceVtbl.SendCommand$offset()), pointer(), pCmd);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int closeDevice() {
        try {
            return (int) CLOSE_DEVICE.invokeExact(slot(IServerVirtualDeviceVtbl.CloseDevice$offset()), pointer());
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }
}
