package io.github.sqlvdi.internal.com;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.bindings.Guids;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** IUnknown's rules for exported objects. */
class ComObjectsTest {
    /** A device whose results are its arguments. */
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
            assertEquals(Hresults.S_OK, query(device, iid));
            assertEquals(device.pointer(), out.get(JAVA_LONG, 0));
        }
        assertEquals(2, device.release());
    }

    @Test
    void clientSet2IsClientSet1AtTheSamePointer() {
        UnknownCalls set = ComInterface.CLIENT_SET2.export((proxy, method, arguments) -> 0).unknown();
        for (MemorySegment iid : List.of(Guids.IID_IUnknown, Guids.IID_IClientVirtualDeviceSet,
                Guids.IID_IClientVirtualDeviceSet2)) {
            assertEquals(Hresults.S_OK, query(set, iid));
            assertEquals(set.pointer(), out.get(JAVA_LONG, 0));
        }
        assertEquals(Hresults.E_NOINTERFACE, query(set, Guids.IID_IClientVirtualDevice));
        assertEquals(3, set.release());
    }

    @Test
    void queryInterfaceForAnotherInterfaceGivesNoInterfaceAndNull() {
        out.set(JAVA_LONG, 0, 42);
        assertEquals(Hresults.E_NOINTERFACE, query(device(), Guids.IID_IServerVirtualDevice));
        assertEquals(0, out.get(JAVA_LONG, 0));
    }

    @Test
    void queryInterfaceWithNullGivesPointer() {
        ClientVirtualDeviceCalls device = device();
        assertEquals(Hresults.E_POINTER, device.queryInterface(Guids.IID_IUnknown.address(), 0));
        out.set(JAVA_LONG, 0, 42);
        assertEquals(Hresults.E_POINTER, device.queryInterface(0, out.address()));
        assertEquals(0, out.get(JAVA_LONG, 0));
        assertEquals(0, device.release());
    }

    @Test
    void serverSetHasTwoInterfacesAndOneIdentity() {
        long pointer = ComObjects.exportServerSet(
                ComInterface.proxy(IServerVirtualDeviceSet2.class, (proxy, method, arguments) -> 0),
                ComInterface.proxy(IServerVirtualDeviceSet.class, (proxy, method, arguments) -> 0),
                finals::incrementAndGet);
        ServerVirtualDeviceSet2Calls set = new ServerVirtualDeviceSet2Calls(pointer);
        assertEquals(Hresults.S_OK, query(set, Guids.IID_IServerVirtualDeviceSet));
        ServerVirtualDeviceSetCalls legacy = new ServerVirtualDeviceSetCalls(out.get(JAVA_LONG, 0));
        assertNotEquals(pointer, legacy.pointer());
        assertEquals(Hresults.S_OK, query(legacy, Guids.IID_IUnknown));
        assertEquals(pointer, out.get(JAVA_LONG, 0));
        assertEquals(Hresults.S_OK, query(legacy, Guids.IID_IServerVirtualDeviceSet2));
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
        assertEquals(Hresults.CO_E_OBJNOTCONNECTED, device.getCommand(7, 0));
        assertEquals(Hresults.CO_E_OBJNOTCONNECTED, query(device, Guids.IID_IUnknown));
        assertEquals(0, device.release());
        assertEquals(0, device.addRef());
        assertEquals(1, finals.get());
    }

    @Test
    void freedCellsAreUsedAgainFirstInFirstOutAndLate() {
        List<Long> pointers = new ArrayList<>();
        Map<Long, Integer> latest = new HashMap<>();
        int period = 0;
        for (int i = 0; i < 30_000; i++) { // the tests before may have left some 10,000 cells
            ClientVirtualDeviceCalls device = device();
            Integer before = latest.put(device.pointer(), i);
            if (period == 0 && before != null) {
                period = i - before;
                assertTrue(period > ComCells.RESTING, "used again after " + period);
            } else if (period != 0) {
                assertEquals(pointers.get(i - period), device.pointer());
            }
            pointers.add(device.pointer());
            device.release();
        }
        assertNotEquals(0, period, "none was ever used again");
    }

    @Test
    void cellOfAFreedObjectIsNeverGivenToAnotherKind() {
        Set<Long> sets = new HashSet<>();
        for (int i = 0; i < 2 * ComCells.RESTING; i++) {
            UnknownCalls set = ComInterface.SERVER_SET2.export((proxy, method, arguments) -> 0).unknown();
            sets.add(set.pointer());
            set.release();
        }
        ServerVirtualDeviceSet2Calls stale = new ServerVirtualDeviceSet2Calls(sets.iterator().next());
        for (int i = 0; i < 2 * ComCells.RESTING; i++) {
            ClientVirtualDeviceCalls device = device();
            assertFalse(sets.contains(device.pointer()));
            device.release();
        }
        assertEquals(Hresults.CO_E_OBJNOTCONNECTED, stale.close());
    }

    @Test
    void pointersThatAreNoneOfOursHaveNoTarget() {
        ClientVirtualDeviceCalls device = device();
        assertNotNull(ComObjects.target(device.pointer()));
        for (long pointer : List.of(0L, 1L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, out.address(), device.pointer() + 1,
                device.pointer() + ComCells.SECOND_HALF, device.pointer() - 1, device.pointer() + (1L << 32),
                device.pointer() | 1L << 63)) {
            assertNull(ComObjects.target(pointer), () -> "0x" + Long.toHexString(pointer));
        }
        device.release();
        assertNull(ComObjects.target(device.pointer()));
    }

    @Test
    void lastReleaseFreesOnceWhenEightThreadsReleaseAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int round = 1; round <= 500; round++) {
                ClientVirtualDeviceCalls device = device();
                for (int i = 1; i < 8; i++) {
                    device.addRef();
                }
                AtomicInteger zeros = new AtomicInteger();
                List<Callable<Void>> releases = Collections.nCopies(8, () -> {
                    zeros.addAndGet(device.release() == 0 ? 1 : 0);
                    return null;
                });
                for (Future<Void> end : threads.invokeAll(releases)) {
                    end.get();
                }
                assertEquals(1, zeros.get());
                assertEquals(round, finals.get());
            }
        }
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
    void targetAndFinalReleaseMustBeThere() {
        int live = ComObjects.liveCount();
        assertThrows(NullPointerException.class, () -> ComObjects.export(new Device(), null));
        assertThrows(NullPointerException.class, () -> ComObjects.export((IClientVirtualDevice) null, () -> {
        }));
        assertEquals(live, ComObjects.liveCount());
    }

    @Test
    void nullIsNoInterfacePointer() {
        assertThrows(IllegalArgumentException.class, () -> new ClientVirtualDeviceCalls(0));
    }
}
