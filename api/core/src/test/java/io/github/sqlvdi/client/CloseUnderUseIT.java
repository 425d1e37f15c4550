package io.github.sqlvdi.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.internal.memory.HeldData;
import io.github.sqlvdi.internal.platform.ScriptedClient;
import io.github.sqlvdi.internal.platform.ScriptedDevice;
import io.github.sqlvdi.testing.BackgroundWait;
import io.github.sqlvdi.testing.MachineLag;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What close() does when the use does not end within its five seconds. */
class CloseUnderUseIT {

    private static BackgroundWait memory;
    private static BackgroundWait thread;

    @BeforeAll
    static void beginTogether() {
        memory = BackgroundWait.begin(CloseUnderUseIT::closeUnderIo);
        thread = BackgroundWait.begin(CloseUnderUseIT::closeUnderACall);
    }

    @Test
    void memoryUnderIoStaysMappedAndClosingMayBeTriedAgain() throws Exception {
        memory.await();
    }

    private static void closeUnderIo() throws Exception {
        ScriptedClient vdi = new ScriptedClient();
        VirtualDeviceSet set = VirtualDeviceSet.builder("full").provider(vdi).create();
        VirtualDevice device = set.openDevice("full");
        long pages = Arena.global().allocate(HeldData.BYTES).address();
        vdi.device("full").send(ScriptedDevice.block(CommandCode.WRITE.value(), HeldData.BYTES, 0, pages).address());
        device.getCommand(Duration.ZERO);
        ByteBuffer data = device.command().buffer();
        try (HeldData held = HeldData.hold(data); MachineLag lag = MachineLag.start()) {
            String message = assertThrows(IllegalStateException.class, set::close).getMessage();
            assertTrue(message.contains("an I/O operation of another thread still uses its data"), message);
            Duration took = lag.assertWithin("close() until it gave up", Duration.ofSeconds(7));
            assertTrue(took.toSeconds() >= 4, "gave up after " + took);
            assertTrue(vdi.log.contains("SignalAbort"), vdi.log.toString());
            assertFalse(vdi.log.contains("Close"), "unmapped under an I/O operation: " + vdi.log);
            assertEquals(0, data.get(0), "still readable");
            held.letGo();
            set.close();
        }
        assertEquals("Release", vdi.log.getLast());
        assertThrows(IllegalStateException.class, () -> data.get(0));
    }

    @Test
    void threadThatDoesNotComeOutIsNamedAndItsObjectsAreNotFreed() throws Exception {
        thread.await();
    }

    private static void closeUnderACall() throws Exception {
        ScriptedClient vdi = new ScriptedClient();
        VirtualDeviceSet set = VirtualDeviceSet.builder("full").provider(vdi).create();
        VirtualDevice device = set.openDevice("full");
        vdi.abortIsDeaf = true;
        Thread stuck = Thread.ofPlatform().daemon().name("stuck-server").start(() -> device.getCommand());
        vdi.device("full").awaitWaiter();
        String message = assertThrows(IllegalStateException.class, set::close).getMessage();
        assertTrue(message.contains("\"stuck-server\"") && message.contains("\"full\""), message);
        assertFalse(vdi.log.contains("Close"), vdi.log.toString());
        vdi.device("full").end(Hresults.VD_E_TIMEOUT);
        stuck.join();
        set.close();
        assertEquals("Release", vdi.log.getLast());
    }
}
