package io.github.sqlvdi.internal.com;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.Hresult;
import io.github.sqlvdi.bindings.Guids;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** IUnknown's rules for exported objects. */
class ComObjectsTest {
    /** A device that answers with what it was given. */
    private record Device() implements IClientVirtualDevice {
        @Override
        public int getCommand(int dwTimeOut, long ppCmd) {
            return dwTimeOut;
        }

        @Override
        public int completeCommand(long pCmd, int dwCompletionCode, int dwBytesTransferred, long dwlPosition) {
            return dwCompletionCode;
        }
    }

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment out = arena.allocate(8, 8);
    private final AtomicInteger finals = new AtomicInteger();

    private ClientVirtualDeviceCalls device() {
        return new ClientVirtualDeviceCalls(ComObjects.export(new Device(), finals::incrementAndGet));
    }

    private int query(UnknownCalls object, MemorySegment iid) {
        return object.queryInterface(iid.address(), out.address());
    }

    @Test
    void queryInterfaceGivesUnknownAndTheInterfaceItself() {
        ClientVirtualDeviceCalls device = device();
        for (MemorySegment iid : List.of(Guids.IID_IUnknown, Guids.IID_IClientVirtualDevice)) {
            assertEquals(Hresult.S_OK, query(device, iid));
            assertEquals(device.pointer(), out.get(JAVA_LONG, 0));
        }
        assertEquals(2, device.release());
    }

    @Test
    void queryInterfaceForAnotherInterfaceGivesNoInterfaceAndNull() {
        out.set(JAVA_LONG, 0, 42);
        assertEquals(Hresult.E_NOINTERFACE, query(device(), Guids.IID_IServerVirtualDevice));
        assertEquals(0, out.get(JAVA_LONG, 0));
    }

    @Test
    void queryInterfaceWithNullGivesPointer() {
        ClientVirtualDeviceCalls device = device();
        assertEquals(Hresult.E_POINTER, device.queryInterface(Guids.IID_IUnknown.address(), 0));
        assertEquals(Hresult.E_POINTER, device.queryInterface(0, out.address()));
    }

    @Test
    void serverSetHasTwoInterfacesAndOneIdentity() {
        long pointer = ComObjects.exportServerSet(null, null, finals::incrementAndGet);
        ServerVirtualDeviceSet2Calls set = new ServerVirtualDeviceSet2Calls(pointer);
        assertEquals(Hresult.S_OK, query(set, Guids.IID_IServerVirtualDeviceSet));
        ServerVirtualDeviceSetCalls legacy = new ServerVirtualDeviceSetCalls(out.get(JAVA_LONG, 0));
        assertNotEquals(pointer, legacy.pointer());
        assertEquals(Hresult.S_OK, query(legacy, Guids.IID_IUnknown));
        assertEquals(pointer, out.get(JAVA_LONG, 0));
        assertEquals(Hresult.S_OK, query(legacy, Guids.IID_IServerVirtualDeviceSet2));
        assertEquals(pointer, out.get(JAVA_LONG, 0));
        assertEquals(3, legacy.release());
        assertEquals(2, set.release());
        assertEquals(1, legacy.release());
        assertEquals(0, set.release());
        assertEquals(1, finals.get());
    }

    @Test
    void theLastReleaseFreesTheObjectOnceAndLaterCallsAreAnswered() {
        int live = ComObjects.liveCount();
        ClientVirtualDeviceCalls device = device();
        assertEquals(2, device.addRef());
        assertEquals(1, device.release());
        assertEquals(7, device.getCommand(7, 0));
        assertEquals(0, device.release());
        assertEquals(1, finals.get());
        assertEquals(live, ComObjects.liveCount());
        assertEquals(Hresult.CO_E_OBJNOTCONNECTED, device.getCommand(7, 0));
        assertEquals(Hresult.CO_E_OBJNOTCONNECTED, query(device, Guids.IID_IUnknown));
        assertEquals(0, device.release());
        assertEquals(0, device.addRef());
        assertEquals(1, finals.get());
    }

    @Test
    void aFreedCellIsUsedAgainOnlyAfterManyOthers() {
        ClientVirtualDeviceCalls first = device();
        first.release();
        Set<Long> next = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            ClientVirtualDeviceCalls device = device();
            next.add(device.pointer());
            device.release();
        }
        assertTrue(!next.contains(first.pointer()));
        assertEquals(Hresult.CO_E_OBJNOTCONNECTED, first.getCommand(7, 0));
    }

    @Test
    void countsAreRightUnderEightThreads() throws Exception {
        ClientVirtualDeviceCalls device = device();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                ends.add(threads.submit(() -> {
                    for (int n = 0; n < 20_000; n++) {
                        device.addRef();
                        device.getCommand(n, 0);
                        device.release();
                    }
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
        assertEquals(0, finals.get());
        assertEquals(0, device.release());
        assertEquals(1, finals.get());
    }

    @Test
    void moreObjectsThanOneSlabHoldsAllAnswer() {
        List<ClientVirtualDeviceCalls> devices = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            devices.add(device());
        }
        for (int i = 0; i < devices.size(); i++) {
            assertEquals(i, devices.get(i).getCommand(i, 0));
            assertEquals(0, devices.get(i).release());
        }
        assertEquals(10_000, finals.get());
    }

    @Test
    void aCallAllocatesNothing() {
        ClientVirtualDeviceCalls device = device();
        long perCall = -1;
        for (int attempt = 0; attempt < 100 && perCall != 0; attempt++) { // the JIT may need more than one round
            long before = allocated();
            for (int i = 0; i < 50_000; i++) {
                device.completeCommand(i, i, i, i);
            }
            perCall = (allocated() - before) / 50_000;
        }
        assertEquals(0, perCall, "bytes a call");
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void nullIsNoInterfacePointer() {
        assertThrows(IllegalArgumentException.class, () -> new ClientVirtualDeviceCalls(0));
    }
}
