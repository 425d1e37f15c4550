package io.github.sqlvdi.internal.com;

import io.github.sqlvdi.bindings.IClientVirtualDeviceVtbl;
import io.github.sqlvdi.bindings.IClientVirtualDevice_CompleteCommand;
import io.github.sqlvdi.bindings.IClientVirtualDevice_GetCommand;
import io.github.sqlvdi.internal.memory.Native;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls through the vtable of an IClientVirtualDevice pointer. Allocates nothing; any thread. */
public final class ClientVirtualDeviceCalls extends UnknownCalls implements IClientVirtualDevice {
    private static final MethodHandle GET_COMMAND = Native.downcall(IClientVirtualDevice_GetCommand.descriptor());
    private static final MethodHandle COMPLETE_COMMAND =
            Native.downcall(IClientVirtualDevice_CompleteCommand.descriptor());

    private final MemorySegment getCommand = slot(IClientVirtualDeviceVtbl.GetCommand$offset());
    private final MemorySegment completeCommand = slot(IClientVirtualDeviceVtbl.CompleteCommand$offset());

    public ClientVirtualDeviceCalls(long pointer) {
        super(pointer);
    }

    @Override
    public int getCommand(int dwTimeOut, long ppCmd) {
        try {
            return (int) GET_COMMAND.invokeExact(getCommand, pointer(), dwTimeOut, ppCmd);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int completeCommand(long pCmd, int dwCompletionCode, int dwBytesTransferred, long dwlPosition) {
        try {
            return (int) COMPLETE_COMMAND.invokeExact(completeCommand,
                    pointer(), pCmd, dwCompletionCode, dwBytesTransferred, dwlPosition);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
