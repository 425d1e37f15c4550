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
import io.github.sqlvdi.internal.memory.Native;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls through the vtable of an IServerVirtualDeviceSet2 pointer. Allocates nothing; any thread. */
public final class ServerVirtualDeviceSet2Calls extends UnknownCalls implements IServerVirtualDeviceSet2 {
    private static final MethodHandle OPEN = Native.downcall(IServerVirtualDeviceSet2_Open.descriptor());
    private static final MethodHandle GET_CONFIGURATION =
            Native.downcall(IServerVirtualDeviceSet2_GetConfiguration.descriptor());
    private static final MethodHandle BEGIN_CONFIGURATION =
            Native.downcall(IServerVirtualDeviceSet2_BeginConfiguration.descriptor());
    private static final MethodHandle END_CONFIGURATION =
            Native.downcall(IServerVirtualDeviceSet2_EndConfiguration.descriptor());
    private static final MethodHandle REQUEST_BUFFERS =
            Native.downcall(IServerVirtualDeviceSet2_RequestBuffers.descriptor());
    private static final MethodHandle QUERY_AVAILABLE_BUFFERS =
            Native.downcall(IServerVirtualDeviceSet2_QueryAvailableBuffers.descriptor());
    private static final MethodHandle EXECUTE_COMPLETION_AGENT =
            Native.downcall(IServerVirtualDeviceSet2_ExecuteCompletionAgent.descriptor());
    private static final MethodHandle OPEN_DEVICE = Native.downcall(IServerVirtualDeviceSet2_OpenDevice.descriptor());
    private static final MethodHandle ALLOCATE_BUFFER =
            Native.downcall(IServerVirtualDeviceSet2_AllocateBuffer.descriptor());
    private static final MethodHandle FREE_BUFFER = Native.downcall(IServerVirtualDeviceSet2_FreeBuffer.descriptor());
    private static final MethodHandle IS_SHARED_BUFFER =
            Native.downcall(IServerVirtualDeviceSet2_IsSharedBuffer.descriptor());
    private static final MethodHandle SIGNAL_ABORT = Native.downcall(IServerVirtualDeviceSet2_SignalAbort.descriptor());
    private static final MethodHandle CLOSE = Native.downcall(IServerVirtualDeviceSet2_Close.descriptor());

    private final MemorySegment open = slot(IServerVirtualDeviceSet2Vtbl.Open$offset());
    private final MemorySegment getConfiguration = slot(IServerVirtualDeviceSet2Vtbl.GetConfiguration$offset());
    private final MemorySegment beginConfiguration = slot(IServerVirtualDeviceSet2Vtbl.BeginConfiguration$offset());
    private final MemorySegment endConfiguration = slot(IServerVirtualDeviceSet2Vtbl.EndConfiguration$offset());
    private final MemorySegment requestBuffers = slot(IServerVirtualDeviceSet2Vtbl.RequestBuffers$offset());
    private final MemorySegment queryAvailableBuffers =
            slot(IServerVirtualDeviceSet2Vtbl.QueryAvailableBuffers$offset());
    private final MemorySegment executeCompletionAgent =
            slot(IServerVirtualDeviceSet2Vtbl.ExecuteCompletionAgent$offset());
    private final MemorySegment openDevice = slot(IServerVirtualDeviceSet2Vtbl.OpenDevice$offset());
    private final MemorySegment allocateBuffer = slot(IServerVirtualDeviceSet2Vtbl.AllocateBuffer$offset());
    private final MemorySegment freeBuffer = slot(IServerVirtualDeviceSet2Vtbl.FreeBuffer$offset());
    private final MemorySegment isSharedBuffer = slot(IServerVirtualDeviceSet2Vtbl.IsSharedBuffer$offset());
    private final MemorySegment signalAbort = slot(IServerVirtualDeviceSet2Vtbl.SignalAbort$offset());
    private final MemorySegment close = slot(IServerVirtualDeviceSet2Vtbl.Close$offset());

    public ServerVirtualDeviceSet2Calls(long pointer) {
        super(pointer);
    }

    @Override
    public int open(long lpInstanceName, long lpSetName) {
        try {
            return (int) OPEN.invokeExact(open, pointer(), lpInstanceName, lpSetName);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int getConfiguration(long pCfg) {
        try {
            return (int) GET_CONFIGURATION.invokeExact(getConfiguration, pointer(), pCfg);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int beginConfiguration(int dwFeatures, int dwBlockSize, int dwAlignment, int dwMaxTransferSize,
            int dwTimeout) {
        try {
            return (int) BEGIN_CONFIGURATION.invokeExact(beginConfiguration,
                    pointer(), dwFeatures, dwBlockSize, dwAlignment, dwMaxTransferSize, dwTimeout);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int endConfiguration() {
        try {
            return (int) END_CONFIGURATION.invokeExact(endConfiguration, pointer());
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int requestBuffers(int dwSize, int dwAlignment, int dwCount) {
        try {
            return (int) REQUEST_BUFFERS.invokeExact(requestBuffers, pointer(), dwSize, dwAlignment, dwCount);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int queryAvailableBuffers(int dwSize, int dwAlignment, long pCount) {
        try {
            return (int) QUERY_AVAILABLE_BUFFERS.invokeExact(
                    queryAvailableBuffers, pointer(), dwSize, dwAlignment,
                    pCount);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int executeCompletionAgent() {
        try {
            return (int) EXECUTE_COMPLETION_AGENT.invokeExact(executeCompletionAgent, pointer());
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int openDevice(long lpName, long ppVirtualDevice) {
        try {
            return (int) OPEN_DEVICE.invokeExact(openDevice, pointer(), lpName, ppVirtualDevice);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int allocateBuffer(long ppBuffer, int dwSize, int dwAlignment) {
        try {
            return (int) ALLOCATE_BUFFER.invokeExact(allocateBuffer, pointer(), ppBuffer, dwSize, dwAlignment);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int freeBuffer(long pBuffer, int dwSize) {
        try {
            return (int) FREE_BUFFER.invokeExact(freeBuffer, pointer(), pBuffer, dwSize);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int isSharedBuffer(long pBuffer) {
        try {
            return (int) IS_SHARED_BUFFER.invokeExact(isSharedBuffer, pointer(), pBuffer);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int signalAbort() {
        try {
            return (int) SIGNAL_ABORT.invokeExact(signalAbort, pointer());
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int close() {
        try {
            return (int) CLOSE.invokeExact(close, pointer());
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
