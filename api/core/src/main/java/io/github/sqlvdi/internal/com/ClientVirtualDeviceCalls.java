package io.github.sqlvdi.internal.com;

import io.github.sqlvdi.bindings.IClientVirtualDeviceVtbl;
import io.github.sqlvdi.bindings.IClientVirtualDevice_CompleteCommand;
import io.github.sqlvdi.bindings.IClientVirtualDevice_GetCommand;
import java.lang.invoke.MethodHandle;

/** Calls through the vtable of an IClientVirtualDevice pointer. Allocates nothing; any thread. */
public class ClientVirtualDeviceCalls extends UnknownCalls implements IClientVirtualDevice {
    private static final MethodHandle GET_COMMAND = Signatures.downcall(IClientVirtualDevice_GetCommand.descriptor());
    private static final MethodHandle COMPLETE_COMMAND =
            Signatures.downcall(IClientVirtualDevice_CompleteCommand.descriptor());

    public ClientVirtualDeviceCalls(long pointer) {
        super(pointer);
    }

    @Override
    public int getCommand(int dwTimeOut, long ppCmd) {
        try {
            return (int) GET_COMMAND.invokeExact(slot(IClientVirtualDeviceVtbl.GetCommand$offset()), pointer(),
                    dwTimeOut, ppCmd);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int completeCommand(long pCmd, int dwCompletionCode, int dwBytesTransferred, long dwlPosition) {
        try {
            return (int) COMPLETE_COMMAND.invokeExact(slot(IClientVirtualDeviceVtbl.CompleteCommand$offset()),
                    pointer(), pCmd, dwCompletionCode, dwBytesTransferred, dwlPosition);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }
}
