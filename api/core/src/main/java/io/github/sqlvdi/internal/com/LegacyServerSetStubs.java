package io.github.sqlvdi.internal.com;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSetVtbl;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet_AllocateBuffer;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet_Close;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet_ExecuteCompletionAgent;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet_FreeBuffer;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet_GetConfiguration;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet_IsSharedBuffer;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet_Open;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet_OpenDevice;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet_SetConfiguration;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet_SignalAbort;
import java.lang.invoke.MethodHandles;

/**
 * Upcall stubs of IServerVirtualDeviceSet: each finds the object of its {@code this} and passes the call on; no
 * exception leaves it.
 */
final class LegacyServerSetStubs {
    /** The vtable of IServerVirtualDeviceSet. */
    static final long VTABLE = new VtableBuilder(MethodHandles.lookup(), IServerVirtualDeviceSetVtbl.layout())
            .slot(IServerVirtualDeviceSetVtbl.Open$offset(), IServerVirtualDeviceSet_Open.descriptor(), "legacyOpen")
            .slot(IServerVirtualDeviceSetVtbl.GetConfiguration$offset(),
                    IServerVirtualDeviceSet_GetConfiguration.descriptor(), "legacyGetConfiguration")
            .slot(IServerVirtualDeviceSetVtbl.SetConfiguration$offset(),
                    IServerVirtualDeviceSet_SetConfiguration.descriptor(), "legacySetConfiguration")
            .slot(IServerVirtualDeviceSetVtbl.ExecuteCompletionAgent$offset(),
                    IServerVirtualDeviceSet_ExecuteCompletionAgent.descriptor(), "legacyExecuteCompletionAgent")
            .slot(IServerVirtualDeviceSetVtbl.OpenDevice$offset(), IServerVirtualDeviceSet_OpenDevice.descriptor(),
                    "legacyOpenDevice")
            .slot(IServerVirtualDeviceSetVtbl.AllocateBuffer$offset(),
                    IServerVirtualDeviceSet_AllocateBuffer.descriptor(), "legacyAllocateBuffer")
            .slot(IServerVirtualDeviceSetVtbl.FreeBuffer$offset(), IServerVirtualDeviceSet_FreeBuffer.descriptor(),
                    "legacyFreeBuffer")
            .slot(IServerVirtualDeviceSetVtbl.IsSharedBuffer$offset(),
                    IServerVirtualDeviceSet_IsSharedBuffer.descriptor(), "legacyIsSharedBuffer")
            .slot(IServerVirtualDeviceSetVtbl.SignalAbort$offset(), IServerVirtualDeviceSet_SignalAbort.descriptor(),
                    "legacySignalAbort")
            .slot(IServerVirtualDeviceSetVtbl.Close$offset(), IServerVirtualDeviceSet_Close.descriptor(), "legacyClose")
            .build();

    private LegacyServerSetStubs() {}

    private static int legacyOpen(long self, long lpName) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet target
                    ? target.open(lpName)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet.Open", t);
        }
    }

    private static int legacyGetConfiguration(long self, long pCfg) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet target
                    ? target.getConfiguration(pCfg)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet.GetConfiguration", t);
        }
    }

    private static int legacySetConfiguration(long self, long pCfg) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet target
                    ? target.setConfiguration(pCfg)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet.SetConfiguration", t);
        }
    }

    private static int legacyExecuteCompletionAgent(long self) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet target
                    ? target.executeCompletionAgent()
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet.ExecuteCompletionAgent", t);
        }
    }

    private static int legacyOpenDevice(long self, long lpName, long ppVirtualDevice) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet target
                    ? target.openDevice(lpName, ppVirtualDevice)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet.OpenDevice", t);
        }
    }

    private static int legacyAllocateBuffer(long self, long ppBuffer, int dwSize, int dwAlignment) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet target
                    ? target.allocateBuffer(ppBuffer, dwSize, dwAlignment)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet.AllocateBuffer", t);
        }
    }

    private static int legacyFreeBuffer(long self, long pBuffer, int dwSize) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet target
                    ? target.freeBuffer(pBuffer, dwSize)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet.FreeBuffer", t);
        }
    }

    private static int legacyIsSharedBuffer(long self, long pBuffer) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet target
                    ? target.isSharedBuffer(pBuffer)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet.IsSharedBuffer", t);
        }
    }

    private static int legacySignalAbort(long self) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet target
                    ? target.signalAbort()
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet.SignalAbort", t);
        }
    }

    private static int legacyClose(long self) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet target
                    ? target.close()
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet.Close", t);
        }
    }
}
