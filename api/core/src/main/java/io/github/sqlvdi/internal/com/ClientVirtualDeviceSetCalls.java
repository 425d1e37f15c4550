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
import java.lang.invoke.MethodHandle;

/** Calls through the vtable of an IClientVirtualDeviceSet pointer. Allocates nothing; any thread. */
public class ClientVirtualDeviceSetCalls extends UnknownCalls implements IClientVirtualDeviceSet {
    private static final MethodHandle CREATE = Signatures.downcall(IClientVirtualDeviceSet_Create.descriptor());
    private static final MethodHandle GET_CONFIGURATION =
            Signatures.downcall(IClientVirtualDeviceSet_GetConfiguration.descriptor());
    private static final MethodHandle OPEN_DEVICE =
            Signatures.downcall(IClientVirtualDeviceSet_OpenDevice.descriptor());
    private static final MethodHandle CLOSE = Signatures.downcall(IClientVirtualDeviceSet_Close.descriptor());
    private static final MethodHandle SIGNAL_ABORT =
            Signatures.downcall(IClientVirtualDeviceSet_SignalAbort.descriptor());
    private static final MethodHandle OPEN_IN_SECONDARY =
            Signatures.downcall(IClientVirtualDeviceSet_OpenInSecondary.descriptor());
    private static final MethodHandle GET_BUFFER_HANDLE =
            Signatures.downcall(IClientVirtualDeviceSet_GetBufferHandle.descriptor());
    private static final MethodHandle MAP_BUFFER_HANDLE =
            Signatures.downcall(IClientVirtualDeviceSet_MapBufferHandle.descriptor());

    public ClientVirtualDeviceSetCalls(long pointer) {
        super(pointer);
    }

    @Override
    public int create(long lpName, long pCfg) {
        try {
            return (int) CREATE.invokeExact(slot(IClientVirtualDeviceSetVtbl.Create$offset()), pointer(), lpName, pCfg);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int getConfiguration(int dwTimeOut, long pCfg) {
        try {
            return (int) GET_CONFIGURATION.invokeExact(slot(IClientVirtualDeviceSetVtbl.GetConfiguration$offset()),
                    pointer(), dwTimeOut, pCfg);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int openDevice(long lpName, long ppVirtualDevice) {
        try {
            return (int) OPEN_DEVICE.invokeExact(slot(IClientVirtualDeviceSetVtbl.OpenDevice$offset()), pointer(),
                    lpName, ppVirtualDevice);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int close() {
        try {
            return (int) CLOSE.invokeExact(slot(IClientVirtualDeviceSetVtbl.Close$offset()), pointer());
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int signalAbort() {
        try {
            return (int) SIGNAL_ABORT.invokeExact(slot(IClientVirtualDeviceSetVtbl.SignalAbort$offset()), pointer());
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int openInSecondary(long lpSetName) {
        try {
            return (int) OPEN_IN_SECONDARY.invokeExact(slot(IClientVirtualDeviceSetVtbl.OpenInSecondary$offset()),
                    pointer(), lpSetName);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int getBufferHandle(long pBuffer, long pBufferHandle) {
        try {
            return (int) GET_BUFFER_HANDLE.invokeExact(slot(IClientVirtualDeviceSetVtbl.GetBufferHandle$offset()),
                    pointer(), pBuffer, pBufferHandle);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int mapBufferHandle(int dwBuffer, long ppBuffer) {
        try {
            return (int) MAP_BUFFER_HANDLE.invokeExact(slot(IClientVirtualDeviceSetVtbl.MapBufferHandle$offset()),
                    pointer(), dwBuffer, ppBuffer);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }
}
