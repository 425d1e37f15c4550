package io.github.sqlvdi.internal.com;

import io.github.sqlvdi.bindings.IServerVirtualDeviceSet2Vtbl;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet2_AllocateBuffer;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet2_BeginConfiguration;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet2_Close;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet2_EndConfiguration;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet2_ExecuteCompletionAgent;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet2_FreeBuffer;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet2_GetConfiguration;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet2_IsSharedBuffer;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet2_Open;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet2_OpenDevice;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet2_QueryAvailableBuffers;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet2_RequestBuffers;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet2_SignalAbort;
import java.lang.invoke.MethodHandle;

/** Calls through the vtable of an IServerVirtualDeviceSet2 pointer. Allocates nothing; any thread. */
public class ServerVirtualDeviceSet2Calls extends UnknownCalls implements IServerVirtualDeviceSet2 {
    private static final MethodHandle OPEN = Signatures.downcall(IServerVirtualDeviceSet2_Open.descriptor());
    private static final MethodHandle GET_CONFIGURATION =
            Signatures.downcall(IServerVirtualDeviceSet2_GetConfiguration.descriptor());
    private static final MethodHandle BEGIN_CONFIGURATION =
            Signatures.downcall(IServerVirtualDeviceSet2_BeginConfiguration.descriptor());
    private static final MethodHandle END_CONFIGURATION =
            Signatures.downcall(IServerVirtualDeviceSet2_EndConfiguration.descriptor());
    private static final MethodHandle REQUEST_BUFFERS =
            Signatures.downcall(IServerVirtualDeviceSet2_RequestBuffers.descriptor());
    private static final MethodHandle QUERY_AVAILABLE_BUFFERS =
            Signatures.downcall(IServerVirtualDeviceSet2_QueryAvailableBuffers.descriptor());
    private static final MethodHandle EXECUTE_COMPLETION_AGENT =
            Signatures.downcall(IServerVirtualDeviceSet2_ExecuteCompletionAgent.descriptor());
    private static final MethodHandle OPEN_DEVICE =
            Signatures.downcall(IServerVirtualDeviceSet2_OpenDevice.descriptor());
    private static final MethodHandle ALLOCATE_BUFFER =
            Signatures.downcall(IServerVirtualDeviceSet2_AllocateBuffer.descriptor());
    private static final MethodHandle FREE_BUFFER =
            Signatures.downcall(IServerVirtualDeviceSet2_FreeBuffer.descriptor());
    private static final MethodHandle IS_SHARED_BUFFER =
            Signatures.downcall(IServerVirtualDeviceSet2_IsSharedBuffer.descriptor());
    private static final MethodHandle SIGNAL_ABORT =
            Signatures.downcall(IServerVirtualDeviceSet2_SignalAbort.descriptor());
    private static final MethodHandle CLOSE = Signatures.downcall(IServerVirtualDeviceSet2_Close.descriptor());

    public ServerVirtualDeviceSet2Calls(long pointer) {
        super(pointer);
    }

    @Override
    public int open(long lpInstanceName, long lpSetName) {
        try {
            return (int) OPEN.invokeExact(slot(IServerVirtualDeviceSet2Vtbl.Open$offset()), pointer(), lpInstanceName,
                    lpSetName);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int getConfiguration(long pCfg) {
        try {
            return (int) GET_CONFIGURATION.invokeExact(slot(IServerVirtualDeviceSet2Vtbl.GetConfiguration$offset()),
                    pointer(), pCfg);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int beginConfiguration(int dwFeatures, int dwBlockSize, int dwAlignment, int dwMaxTransferSize,
            int dwTimeout) {
        try {
            return (int) BEGIN_CONFIGURATION.invokeExact(slot(IServerVirtualDeviceSet2Vtbl.BeginConfiguration$offset()),
                    pointer(), dwFeatures, dwBlockSize, dwAlignment, dwMaxTransferSize, dwTimeout);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int endConfiguration() {
        try {
            return (int) END_CONFIGURATION.invokeExact(slot(IServerVirtualDeviceSet2Vtbl.EndConfiguration$offset()),
                    pointer());
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int requestBuffers(int dwSize, int dwAlignment, int dwCount) {
        try {
            return (int) REQUEST_BUFFERS.invokeExact(slot(IServerVirtualDeviceSet2Vtbl.RequestBuffers$offset()),
                    pointer(), dwSize, dwAlignment, dwCount);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int queryAvailableBuffers(int dwSize, int dwAlignment, long pCount) {
        try {
            return (int) QUERY_AVAILABLE_BUFFERS.invokeExact(
                    slot(IServerVirtualDeviceSet2Vtbl.QueryAvailableBuffers$offset()), pointer(), dwSize, dwAlignment,
                    pCount);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int executeCompletionAgent() {
        try {
            return (int) EXECUTE_COMPLETION_AGENT
                    .invokeExact(slot(IServerVirtualDeviceSet2Vtbl.ExecuteCompletionAgent$offset()), pointer());
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int openDevice(long lpName, long ppVirtualDevice) {
        try {
            return (int) OPEN_DEVICE.invokeExact(slot(IServerVirtualDeviceSet2Vtbl.OpenDevice$offset()), pointer(),
                    lpName, ppVirtualDevice);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int allocateBuffer(long ppBuffer, int dwSize, int dwAlignment) {
        try {
            return (int) ALLOCATE_BUFFER.invokeExact(slot(IServerVirtualDeviceSet2Vtbl.AllocateBuffer$offset()),
                    pointer(), ppBuffer, dwSize, dwAlignment);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int freeBuffer(long pBuffer, int dwSize) {
        try {
            return (int) FREE_BUFFER.invokeExact(slot(IServerVirtualDeviceSet2Vtbl.FreeBuffer$offset()), pointer(),
                    pBuffer, dwSize);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int isSharedBuffer(long pBuffer) {
        try {
            return (int) IS_SHARED_BUFFER.invokeExact(slot(IServerVirtualDeviceSet2Vtbl.IsSharedBuffer$offset()),
                    pointer(), pBuffer);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int signalAbort() {
        try {
            return (int) SIGNAL_ABORT.invokeExact(slot(IServerVirtualDeviceSet2Vtbl.SignalAbort$offset()), pointer());
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int close() {
        try {
            return (int) CLOSE.invokeExact(slot(IServerVirtualDeviceSet2Vtbl.Close$offset()), pointer());
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }
}
