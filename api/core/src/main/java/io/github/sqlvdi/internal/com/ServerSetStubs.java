package io.github.sqlvdi.internal.com;

import io.github.sqlvdi.Hresults;
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
import java.lang.invoke.MethodHandles;

/**
 * Upcall stubs of IServerVirtualDeviceSet2: each finds the object of its {@code this} and passes the call on; no
 * exception leaves it.
 */
final class ServerSetStubs {
    /** The vtable of IServerVirtualDeviceSet2. */
    static final long VTABLE = new VtableBuilder(MethodHandles.lookup(), IServerVirtualDeviceSet2Vtbl.layout())
            .slot(IServerVirtualDeviceSet2Vtbl.Open$offset(), IServerVirtualDeviceSet2_Open.descriptor(), "open")
            .slot(IServerVirtualDeviceSet2Vtbl.GetConfiguration$offset(),
                    IServerVirtualDeviceSet2_GetConfiguration.descriptor(), "getConfiguration")
            .slot(IServerVirtualDeviceSet2Vtbl.BeginConfiguration$offset(),
                    IServerVirtualDeviceSet2_BeginConfiguration.descriptor(), "beginConfiguration")
            .slot(IServerVirtualDeviceSet2Vtbl.EndConfiguration$offset(),
                    IServerVirtualDeviceSet2_EndConfiguration.descriptor(), "endConfiguration")
            .slot(IServerVirtualDeviceSet2Vtbl.RequestBuffers$offset(),
                    IServerVirtualDeviceSet2_RequestBuffers.descriptor(), "requestBuffers")
            .slot(IServerVirtualDeviceSet2Vtbl.QueryAvailableBuffers$offset(),
                    IServerVirtualDeviceSet2_QueryAvailableBuffers.descriptor(), "queryAvailableBuffers")
            .slot(IServerVirtualDeviceSet2Vtbl.ExecuteCompletionAgent$offset(),
                    IServerVirtualDeviceSet2_ExecuteCompletionAgent.descriptor(), "executeCompletionAgent")
            .slot(IServerVirtualDeviceSet2Vtbl.OpenDevice$offset(), IServerVirtualDeviceSet2_OpenDevice.descriptor(),
                    "openDevice")
            .slot(IServerVirtualDeviceSet2Vtbl.AllocateBuffer$offset(),
                    IServerVirtualDeviceSet2_AllocateBuffer.descriptor(), "allocateBuffer")
            .slot(IServerVirtualDeviceSet2Vtbl.FreeBuffer$offset(), IServerVirtualDeviceSet2_FreeBuffer.descriptor(),
                    "freeBuffer")
            .slot(IServerVirtualDeviceSet2Vtbl.IsSharedBuffer$offset(),
                    IServerVirtualDeviceSet2_IsSharedBuffer.descriptor(), "isSharedBuffer")
            .slot(IServerVirtualDeviceSet2Vtbl.SignalAbort$offset(), IServerVirtualDeviceSet2_SignalAbort.descriptor(),
                    "signalAbort")
            .slot(IServerVirtualDeviceSet2Vtbl.Close$offset(), IServerVirtualDeviceSet2_Close.descriptor(), "close")
            .build();

    private ServerSetStubs() {}

    private static int open(long self, long lpInstanceName, long lpSetName) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet2 target
                    ? target.open(lpInstanceName, lpSetName)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet2.Open", t);
        }
    }

    private static int getConfiguration(long self, long pCfg) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet2 target
                    ? target.getConfiguration(pCfg)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet2.GetConfiguration", t);
        }
    }

    private static int beginConfiguration(long self, int dwFeatures, int dwBlockSize, int dwAlignment,
            int dwMaxTransferSize, int dwTimeout) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet2 target
                    ? target.beginConfiguration(dwFeatures, dwBlockSize, dwAlignment, dwMaxTransferSize, dwTimeout)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet2.BeginConfiguration", t);
        }
    }

    private static int endConfiguration(long self) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet2 target
                    ? target.endConfiguration()
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet2.EndConfiguration", t);
        }
    }

    private static int requestBuffers(long self, int dwSize, int dwAlignment, int dwCount) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet2 target
                    ? target.requestBuffers(dwSize, dwAlignment, dwCount)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet2.RequestBuffers", t);
        }
    }

    private static int queryAvailableBuffers(long self, int dwSize, int dwAlignment, long pCount) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet2 target
                    ? target.queryAvailableBuffers(dwSize, dwAlignment, pCount)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet2.QueryAvailableBuffers", t);
        }
    }

    private static int executeCompletionAgent(long self) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet2 target
                    ? target.executeCompletionAgent()
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet2.ExecuteCompletionAgent", t);
        }
    }

    private static int openDevice(long self, long lpName, long ppVirtualDevice) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet2 target
                    ? target.openDevice(lpName, ppVirtualDevice)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet2.OpenDevice", t);
        }
    }

    private static int allocateBuffer(long self, long ppBuffer, int dwSize, int dwAlignment) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet2 target
                    ? target.allocateBuffer(ppBuffer, dwSize, dwAlignment)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet2.AllocateBuffer", t);
        }
    }

    private static int freeBuffer(long self, long pBuffer, int dwSize) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet2 target
                    ? target.freeBuffer(pBuffer, dwSize)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet2.FreeBuffer", t);
        }
    }

    private static int isSharedBuffer(long self, long pBuffer) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet2 target
                    ? target.isSharedBuffer(pBuffer)
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet2.IsSharedBuffer", t);
        }
    }

    private static int signalAbort(long self) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet2 target
                    ? target.signalAbort()
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet2.SignalAbort", t);
        }
    }

    private static int close(long self) {
        try {
            return ComObjects.target(self) instanceof IServerVirtualDeviceSet2 target
                    ? target.close()
                    : Hresults.CO_E_OBJNOTCONNECTED;
        } catch (Throwable t) {
            return ComObjects.unexpected("IServerVirtualDeviceSet2.Close", t);
        }
    }
}
