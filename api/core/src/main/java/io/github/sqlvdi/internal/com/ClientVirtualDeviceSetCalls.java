package io.github.sqlvdi.internal.com;

import io.github.sqlvdi.bindings.IClientVirtualDeviceSetVtbl;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet_Close;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet_Create;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet_GetBufferHandle;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet_GetConfiguration;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet_MapBufferHandle;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet_OpenDevice;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet_OpenInSecondary;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet_SignalAbort;
import io.github.sqlvdi.internal.memory.Native;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls through the vtable of an IClientVirtualDeviceSet pointer. Allocates nothing; any thread. */
public class ClientVirtualDeviceSetCalls extends UnknownCalls implements IClientVirtualDeviceSet {
    private static final MethodHandle CREATE = Native.downcall(IClientVirtualDeviceSet_Create.descriptor());
    private static final MethodHandle GET_CONFIGURATION =
            Native.downcall(IClientVirtualDeviceSet_GetConfiguration.descriptor());
    private static final MethodHandle OPEN_DEVICE = Native.downcall(IClientVirtualDeviceSet_OpenDevice.descriptor());
    private static final MethodHandle CLOSE = Native.downcall(IClientVirtualDeviceSet_Close.descriptor());
    private static final MethodHandle SIGNAL_ABORT = Native.downcall(IClientVirtualDeviceSet_SignalAbort.descriptor());
    private static final MethodHandle OPEN_IN_SECONDARY =
            Native.downcall(IClientVirtualDeviceSet_OpenInSecondary.descriptor());
    private static final MethodHandle GET_BUFFER_HANDLE =
            Native.downcall(IClientVirtualDeviceSet_GetBufferHandle.descriptor());
    private static final MethodHandle MAP_BUFFER_HANDLE =
            Native.downcall(IClientVirtualDeviceSet_MapBufferHandle.descriptor());

    private final MemorySegment create = slot(IClientVirtualDeviceSetVtbl.Create$offset());
    private final MemorySegment getConfiguration = slot(IClientVirtualDeviceSetVtbl.GetConfiguration$offset());
    private final MemorySegment openDevice = slot(IClientVirtualDeviceSetVtbl.OpenDevice$offset());
    private final MemorySegment close = slot(IClientVirtualDeviceSetVtbl.Close$offset());
    private final MemorySegment signalAbort = slot(IClientVirtualDeviceSetVtbl.SignalAbort$offset());
    private final MemorySegment openInSecondary = slot(IClientVirtualDeviceSetVtbl.OpenInSecondary$offset());
    private final MemorySegment getBufferHandle = slot(IClientVirtualDeviceSetVtbl.GetBufferHandle$offset());
    private final MemorySegment mapBufferHandle = slot(IClientVirtualDeviceSetVtbl.MapBufferHandle$offset());

    public ClientVirtualDeviceSetCalls(long pointer) {
        super(pointer);
    }

    @Override
    public int create(long lpName, long pCfg) {
        try {
            return (int) CREATE.invokeExact(create, pointer(), lpName, pCfg);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int getConfiguration(int dwTimeOut, long pCfg) {
        try {
            return (int) GET_CONFIGURATION.invokeExact(getConfiguration, pointer(), dwTimeOut, pCfg);
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
    public int close() {
        try {
            return (int) CLOSE.invokeExact(close, pointer());
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
    public int openInSecondary(long lpSetName) {
        try {
            return (int) OPEN_IN_SECONDARY.invokeExact(openInSecondary, pointer(), lpSetName);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int getBufferHandle(long pBuffer, long pBufferHandle) {
        try {
            return (int) GET_BUFFER_HANDLE.invokeExact(getBufferHandle, pointer(), pBuffer, pBufferHandle);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int mapBufferHandle(int dwBuffer, long ppBuffer) {
        try {
            return (int) MAP_BUFFER_HANDLE.invokeExact(mapBufferHandle, pointer(), dwBuffer, ppBuffer);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
