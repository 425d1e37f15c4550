package io.github.sqlvdi.internal.com;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

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
import io.github.sqlvdi.bindings.IClientVirtualDeviceVtbl;
import io.github.sqlvdi.bindings.IClientVirtualDevice_CompleteCommand;
import io.github.sqlvdi.bindings.IClientVirtualDevice_GetCommand;
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
import io.github.sqlvdi.bindings.IServerVirtualDeviceVtbl;
import io.github.sqlvdi.bindings.IServerVirtualDevice_CloseDevice;
import io.github.sqlvdi.bindings.IServerVirtualDevice_SendCommand;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;

/**
 * The vtables of exported objects, with the method of each slot. A vtable is made when its first object is exported,
 * and lives as long as the JVM.
 */
final class Vtables {
    private Vtables() {}

    /** IClientVirtualDevice. */
    static final class ClientDevice {
        static final long VTABLE = new VtableBuilder(IClientVirtualDevice.class, IClientVirtualDeviceVtbl.layout())
                .slot(IClientVirtualDeviceVtbl.GetCommand$offset(), IClientVirtualDevice_GetCommand.descriptor(),
                        "getCommand")
                .slot(IClientVirtualDeviceVtbl.CompleteCommand$offset(),
                        IClientVirtualDevice_CompleteCommand.descriptor(),
                        "completeCommand")
                .build();

        private ClientDevice() {}
    }

    /** IClientVirtualDeviceSet2, whose first slots are IClientVirtualDeviceSet. */
    static final class ClientSet {
        static final long VTABLE =
                new VtableBuilder(IClientVirtualDeviceSet2.class, IClientVirtualDeviceSet2Vtbl.layout())
                        .slot(IClientVirtualDeviceSet2Vtbl.Create$offset(), IClientVirtualDeviceSet_Create.descriptor(),
                                "create")
                        .slot(IClientVirtualDeviceSet2Vtbl.GetConfiguration$offset(),
                                IClientVirtualDeviceSet_GetConfiguration.descriptor(), "getConfiguration")
                        .slot(IClientVirtualDeviceSet2Vtbl.OpenDevice$offset(),
                                IClientVirtualDeviceSet_OpenDevice.descriptor(),
                                "openDevice")
                        .slot(IClientVirtualDeviceSet2Vtbl.Close$offset(), IClientVirtualDeviceSet_Close.descriptor(),
                                "close")
                        .slot(IClientVirtualDeviceSet2Vtbl.SignalAbort$offset(),
                                IClientVirtualDeviceSet_SignalAbort.descriptor(),
                                "signalAbort")
                        .slot(IClientVirtualDeviceSet2Vtbl.OpenInSecondary$offset(),
                                IClientVirtualDeviceSet_OpenInSecondary.descriptor(), "openInSecondary")
                        .slot(IClientVirtualDeviceSet2Vtbl.GetBufferHandle$offset(),
                                IClientVirtualDeviceSet_GetBufferHandle.descriptor(), "getBufferHandle")
                        .slot(IClientVirtualDeviceSet2Vtbl.MapBufferHandle$offset(),
                                IClientVirtualDeviceSet_MapBufferHandle.descriptor(), "mapBufferHandle")
                        .slot(IClientVirtualDeviceSet2Vtbl.CreateEx$offset(),
                                IClientVirtualDeviceSet2_CreateEx.descriptor(),
                                "createEx")
                        .slot(IClientVirtualDeviceSet2Vtbl.OpenInSecondaryEx$offset(),
                                IClientVirtualDeviceSet2_OpenInSecondaryEx.descriptor(), "openInSecondaryEx")
                        .build();

        private ClientSet() {}
    }

    /** IServerVirtualDevice. */
    static final class ServerDevice {
        static final long VTABLE = new VtableBuilder(IServerVirtualDevice.class, IServerVirtualDeviceVtbl.layout())
                .slot(IServerVirtualDeviceVtbl.SendCommand$offset(), IServerVirtualDevice_SendCommand.descriptor(),
                        "sendCommand")
                .slot(IServerVirtualDeviceVtbl.CloseDevice$offset(), IServerVirtualDevice_CloseDevice.descriptor(),
                        "closeDevice")
                .build();

        private ServerDevice() {}
    }

    /** IServerVirtualDeviceSet. */
    static final class LegacyServerSet {
        static final long VTABLE =
                new VtableBuilder(IServerVirtualDeviceSet.class, IServerVirtualDeviceSetVtbl.layout())
                        .slot(IServerVirtualDeviceSetVtbl.Open$offset(), IServerVirtualDeviceSet_Open.descriptor(),
                                "open")
                        .slot(IServerVirtualDeviceSetVtbl.GetConfiguration$offset(),
                                IServerVirtualDeviceSet_GetConfiguration.descriptor(), "getConfiguration")
                        .slot(IServerVirtualDeviceSetVtbl.SetConfiguration$offset(),
                                IServerVirtualDeviceSet_SetConfiguration.descriptor(), "setConfiguration")
                        .slot(IServerVirtualDeviceSetVtbl.ExecuteCompletionAgent$offset(),
                                IServerVirtualDeviceSet_ExecuteCompletionAgent.descriptor(), "executeCompletionAgent")
                        .slot(IServerVirtualDeviceSetVtbl.OpenDevice$offset(),
                                IServerVirtualDeviceSet_OpenDevice.descriptor(),
                                "openDevice")
                        .slot(IServerVirtualDeviceSetVtbl.AllocateBuffer$offset(),
                                IServerVirtualDeviceSet_AllocateBuffer.descriptor(), "allocateBuffer")
                        .slot(IServerVirtualDeviceSetVtbl.FreeBuffer$offset(),
                                IServerVirtualDeviceSet_FreeBuffer.descriptor(),
                                "freeBuffer")
                        .slot(IServerVirtualDeviceSetVtbl.IsSharedBuffer$offset(),
                                IServerVirtualDeviceSet_IsSharedBuffer.descriptor(), "isSharedBuffer")
                        .slot(IServerVirtualDeviceSetVtbl.SignalAbort$offset(),
                                IServerVirtualDeviceSet_SignalAbort.descriptor(),
                                "signalAbort")
                        .slot(IServerVirtualDeviceSetVtbl.Close$offset(), IServerVirtualDeviceSet_Close.descriptor(),
                                "close")
                        .build();

        private LegacyServerSet() {}
    }

    /** IServerVirtualDeviceSet2. */
    static final class ServerSet {
        static final long VTABLE =
                new VtableBuilder(IServerVirtualDeviceSet2.class, IServerVirtualDeviceSet2Vtbl.layout())
                        .slot(IServerVirtualDeviceSet2Vtbl.Open$offset(), IServerVirtualDeviceSet2_Open.descriptor(),
                                "open")
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
                        .slot(IServerVirtualDeviceSet2Vtbl.OpenDevice$offset(),
                                IServerVirtualDeviceSet2_OpenDevice.descriptor(),
                                "openDevice")
                        .slot(IServerVirtualDeviceSet2Vtbl.AllocateBuffer$offset(),
                                IServerVirtualDeviceSet2_AllocateBuffer.descriptor(), "allocateBuffer")
                        .slot(IServerVirtualDeviceSet2Vtbl.FreeBuffer$offset(),
                                IServerVirtualDeviceSet2_FreeBuffer.descriptor(),
                                "freeBuffer")
                        .slot(IServerVirtualDeviceSet2Vtbl.IsSharedBuffer$offset(),
                                IServerVirtualDeviceSet2_IsSharedBuffer.descriptor(), "isSharedBuffer")
                        .slot(IServerVirtualDeviceSet2Vtbl.SignalAbort$offset(),
                                IServerVirtualDeviceSet2_SignalAbort.descriptor(),
                                "signalAbort")
                        .slot(IServerVirtualDeviceSet2Vtbl.Close$offset(), IServerVirtualDeviceSet2_Close.descriptor(),
                                "close")
                        .build();

        private ServerSet() {}
    }

    /** IClassFactory. It is no interface of VDI, so the bindings do not contain it. */
    static final class ClassFactory {
        private static final int SLOTS = 5;

        static final long VTABLE = new VtableBuilder(IClassFactory.class,
                MemoryLayout.structLayout(MemoryLayout.sequenceLayout(SLOTS, ADDRESS)))
                .slot(3 * ADDRESS.byteSize(), FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
                        "createInstance")
                .slot(4 * ADDRESS.byteSize(), FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), "lockServer")
                .build();

        private ClassFactory() {}
    }
}
