package io.github.sqlvdi.internal.com;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet2Vtbl;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet2_CreateEx;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet2_OpenInSecondaryEx;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet_Close;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet_Create;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet_GetBufferHandle;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet_GetConfiguration;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet_MapBufferHandle;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet_OpenDevice;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet_OpenInSecondary;
import io.github.sqlvdi.bindings.IClientVirtualDeviceSet_SignalAbort;
import java.lang.invoke.MethodHandles;

/**
 * Upcall stubs of IClientVirtualDeviceSet2, whose first slots are IClientVirtualDeviceSet: each finds the object of its
 * {@code this} and passes the call on; no exception leaves it.
 */
final class ClientSetStubs {
    /** The vtable of IClientVirtualDeviceSet2. */
    static final long VTABLE = new VtableBuilder(MethodHandles.lookup(), IClientVirtualDeviceSet2Vtbl.layout())
            .slot(IClientVirtualDeviceSet2Vtbl.Create$offset(), IClientVirtualDeviceSet_Create.descriptor(), "create")
            .slot(IClientVirtualDeviceSet2Vtbl.GetConfiguration$offset(),
                    IClientVirtualDeviceSet_GetConfiguration.descriptor(), "getConfiguration")
            .slot(IClientVirtualDeviceSet2Vtbl.OpenDevice$offset(), IClientVirtualDeviceSet_OpenDevice.descriptor(),
                    "openDevice")
            .slot(IClientVirtualDeviceSet2Vtbl.Close$offset(), IClientVirtualDeviceSet_Close.descriptor(), "close")
            .slot(IClientVirtualDeviceSet2Vtbl.SignalAbort$offset(), IClientVirtualDeviceSet_SignalAbort.descriptor(),
                    "signalAbort")
            .slot(IClientVirtualDeviceSet2Vtbl.OpenInSecondary$offset(),
                    IClientVirtualDeviceSet_OpenInSecondary.descriptor(), "openInSecondary")
            .slot(IClientVirtualDeviceSet2Vtbl.GetBufferHandle$offset(),
                    IClientVirtualDeviceSet_GetBufferHandle.descriptor(), "getBufferHandle")
            .slot(IClientVirtualDeviceSet2Vtbl.MapBufferHandle$offset(),
                    IClientVirtualDeviceSet_MapBufferHandle.descriptor(), "mapBufferHandle")
            .slot(IClientVirtualDeviceSet2Vtbl.CreateEx$offset(), IClientVirtualDeviceSet2_CreateEx.descriptor(),
                    "createEx")
            .slot(IClientVirtualDeviceSet2Vtbl.OpenInSecondaryEx$offset(),
                    IClientVirtualDeviceSet2_OpenInSecondaryEx.descriptor(), "openInSecondaryEx")
            .build();

    private ClientSetStubs() {}

    private static int create(long self, long lpName, long pCfg) {
        try {
            return ComObjects.target(self) instanceof IClientVirtualDeviceSet target
                    ? target.create(lpName, pCfg)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IClientVirtualDeviceSet.Create", t);
        }
    }

    private static int getConfiguration(long self, int dwTimeOut, long pCfg) {
        try {
            return ComObjects.target(self) instanceof IClientVirtualDeviceSet target
                    ? target.getConfiguration(dwTimeOut, pCfg)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IClientVirtualDeviceSet.GetConfiguration", t);
        }
    }

    private static int openDevice(long self, long lpName, long ppVirtualDevice) {
        try {
            return ComObjects.target(self) instanceof IClientVirtualDeviceSet target
                    ? target.openDevice(lpName, ppVirtualDevice)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IClientVirtualDeviceSet.OpenDevice", t);
        }
    }

    private static int close(long self) {
        try {
            return ComObjects.target(self) instanceof IClientVirtualDeviceSet target
                    ? target.close()
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IClientVirtualDeviceSet.Close", t);
        }
    }

    private static int signalAbort(long self) {
        try {
            return ComObjects.target(self) instanceof IClientVirtualDeviceSet target
                    ? target.signalAbort()
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IClientVirtualDeviceSet.SignalAbort", t);
        }
    }

    private static int openInSecondary(long self, long lpSetName) {
        try {
            return ComObjects.target(self) instanceof IClientVirtualDeviceSet target
                    ? target.openInSecondary(lpSetName)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IClientVirtualDeviceSet.OpenInSecondary", t);
        }
    }

    private static int getBufferHandle(long self, long pBuffer, long pBufferHandle) {
        try {
            return ComObjects.target(self) instanceof IClientVirtualDeviceSet target
                    ? target.getBufferHandle(pBuffer, pBufferHandle)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IClientVirtualDeviceSet.GetBufferHandle", t);
        }
    }

    private static int mapBufferHandle(long self, int dwBuffer, long ppBuffer) {
        try {
            return ComObjects.target(self) instanceof IClientVirtualDeviceSet target
                    ? target.mapBufferHandle(dwBuffer, ppBuffer)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IClientVirtualDeviceSet.MapBufferHandle", t);
        }
    }

    private static int createEx(long self, long lpInstanceName, long lpName, long pCfg) {
        try {
            return ComObjects.target(self) instanceof IClientVirtualDeviceSet2 target
                    ? target.createEx(lpInstanceName, lpName, pCfg)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IClientVirtualDeviceSet2.CreateEx", t);
        }
    }

    private static int openInSecondaryEx(long self, long lpInstanceName, long lpSetName) {
        try {
            return ComObjects.target(self) instanceof IClientVirtualDeviceSet2 target
                    ? target.openInSecondaryEx(lpInstanceName, lpSetName)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IClientVirtualDeviceSet2.OpenInSecondaryEx", t);
        }
    }
}
