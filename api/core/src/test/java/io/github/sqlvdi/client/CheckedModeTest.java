package io.github.sqlvdi.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.internal.memory.HeldData;
import io.github.sqlvdi.internal.platform.ScriptedClient;
import io.github.sqlvdi.internal.platform.ScriptedDevice;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With {@code io.github.sqlvdi.checked=true} a view ends with its command. */
class CheckedModeTest {

    private static final String PROPERTY = "io.github.sqlvdi.checked";

    private final ScriptedClient vdi = new ScriptedClient();
    private VirtualDeviceSet set;
    private VirtualDevice device;

    @BeforeAll
    static void switchOn() {
        System.setProperty(PROPERTY, "true");
    }

    @AfterAll
    static void switchOff() {
        System.clearProperty(PROPERTY);
    }

    private Command fetch(long block) {
        if (set == null) {
            set = VirtualDeviceSet.builder("full").provider(vdi).create();
            device = set.openDevice("full");
        }
        vdi.device("full").send(block);
        assertEquals(CommandResult.COMMAND, device.getCommand(Duration.ZERO));
        return device.command();
    }

    private static long write(int size) {
        MemorySegment memory = Arena.global().allocate(size + 64L);
        return ScriptedDevice.block(CommandCode.WRITE.value(), size, 0, memory.address() + 64).address();
    }

    @Test
    void viewsThatWereKeptDieWithTheCompletion() {
        Command command = fetch(write(512));
        MemorySegment data = command.data();
        MemorySegment prefix = command.prefixZone();
        ByteBuffer buffer = command.buffer();
        command.complete();
        assertThrows(IllegalStateException.class, () -> data.get(ValueLayout.JAVA_BYTE, 0));
        assertThrows(IllegalStateException.class, () -> prefix.get(ValueLayout.JAVA_BYTE, 0));
        assertThrows(IllegalStateException.class, () -> buffer.get(0));
        set.close();
    }

    @Test
    void keptCommandDoesNotComeBackAsAnother() {
        long block = write(512);
        Command first = fetch(block);
        first.complete();
        Command second = fetch(block);
        assertNotSame(first, second);
        assertThrows(IllegalStateException.class, first::complete);
        second.complete();
        set.close();
    }

    @Test
    void completionDuringAnOperationOnTheDataIsRefused() throws Exception {
        Command command = fetch(write(HeldData.BYTES));
        try (HeldData held = HeldData.hold(command.buffer())) {
            String message = assertThrows(IllegalStateException.class, command::complete).getMessage();
            assertTrue(message.contains("still uses its data"), message);
            assertTrue(command.isActive());
            held.letGo();
            command.complete();
        }
        assertEquals(1, vdi.device("full").completions.size());
        set.close();
    }

    @Test
    void closeEndsTheDataOfCommandsThatWereNeverCompleted() {
        MemorySegment data = fetch(write(512)).data();
        set.close();
        assertThrows(IllegalStateException.class, () -> data.get(ValueLayout.JAVA_BYTE, 0));
    }
}
