package io.github.sqlvdi.internal.com;

import io.github.sqlvdi.bindings.IServerVirtualDeviceVtbl;
import io.github.sqlvdi.bindings.IServerVirtualDevice_CloseDevice;
import io.github.sqlvdi.bindings.IServerVirtualDevice_SendCommand;
import io.github.sqlvdi.internal.memory.Native;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls through the vtable of an IServerVirtualDevice pointer. Allocates nothing; any thread. */
public final class ServerVirtualDeviceCalls extends UnknownCalls implements IServerVirtualDevice {
    private static final MethodHandle SEND_COMMAND = Native.downcall(IServerVirtualDevice_SendCommand.descriptor());
    private static final MethodHandle CLOSE_DEVICE = Native.downcall(IServerVirtualDevice_CloseDevice.descriptor());

    private final MemorySegment sendCommand = slot(IServerVirtualDeviceVtbl.SendCommand$offset());
    private final MemorySegment closeDevice = slot(IServerVirtualDeviceVtbl.CloseDevice$offset());

    public ServerVirtualDeviceCalls(long pointer) {
        super(pointer);
    }

    @Override
    public int sendCommand(long pCmd) {
        try {
            return (int) SEND_COMMAND.invokeExact(sendCommand, pointer(), pCmd);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int closeDevice() {
        try {
            return (int) CLOSE_DEVICE.invokeExact(closeDevice, pointer());
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
