package io.github.sqlvdi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.internal.platform.ScriptedServer;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a provider demands of a thread holds for every call of the server half, except the closing. */
class ServerEntranceTest {

    private final ScriptedServer vdi = new ScriptedServer();

    @Test
    void everyCallOfAThreadThatMayNotIsRefusedBeforeItIsMade() {
        ServerDeviceSet set = ServerDeviceSet.builder("full").provider(vdi).open();
        ServerDevice device = set.openDevice("full");
        MemorySegment buffer = set.allocateBuffer(512, 0);
        ServerCommand command = new ServerCommand(unused -> {});
        command.set(CommandCode.FLUSH);
        vdi.log.clear();

        vdi.onEnter = () -> {
            throw new VdiException("enter", Hresults.RPC_E_CHANGED_MODE);
        };
        assertRefused(set::configuration);
        assertRefused(() -> set.beginConfiguration(ServerAnswer.builder().build()));
        assertRefused(() -> set.requestBuffers(512, 0, 1));
        assertRefused(() -> set.availableBuffers(512, 0));
        assertRefused(set::endConfiguration);
        assertRefused(set::executeCompletionAgent);
        assertRefused(() -> set.openDevice("full2"));
        assertRefused(() -> set.allocateBuffer(512, 0));
        assertRefused(() -> set.freeBuffer(buffer));
        assertRefused(() -> set.isSharedBuffer(buffer));
        assertRefused(set::abort);
        assertRefused(() -> device.send(command));
        assertEquals(List.of(), vdi.log, "calls that were made");

        device.close();
        set.close();
        assertEquals(List.of("CloseDevice", "Close", "Release full", "Release"), vdi.log, "closing frees all the same");
    }

    private static void assertRefused(Executable call) {
        assertEquals(Hresults.RPC_E_CHANGED_MODE, assertThrows(VdiException.class, call).hresult());
    }
}
