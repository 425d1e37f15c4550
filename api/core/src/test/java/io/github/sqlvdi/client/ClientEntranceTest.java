package io.github.sqlvdi.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.internal.platform.ScriptedClient;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a provider demands of a thread holds for every call of the client half, except the closing. */
class ClientEntranceTest {

    private final ScriptedClient vdi = new ScriptedClient();

    @Test
    void everyCallOfAThreadThatMayNotIsRefusedBeforeItIsMade() {
        VirtualDeviceSet set = VirtualDeviceSet.builder("full").provider(vdi).create();
        set.awaitConfiguration(Duration.ZERO);
        VirtualDevice device = set.openDevice("full");
        vdi.device("full").send(CommandCode.WRITE, Arena.global().allocate(512));
        assertEquals(CommandResult.COMMAND, device.getCommand(Duration.ZERO));
        Command command = device.command();
        vdi.log.clear();

        vdi.onEnter = () -> {
            throw new VdiException("enter", Hresults.RPC_E_CHANGED_MODE);
        };
        assertRefused(() -> set.awaitConfiguration(Duration.ZERO));
        assertRefused(() -> set.openDevice("full2"));
        assertRefused(() -> set.bufferHandle(command));
        assertRefused(() -> set.mapBuffer(1, 1));
        assertRefused(set::abort);
        assertRefused(() -> device.getCommand(Duration.ZERO));
        assertRefused(command::complete);
        assertEquals(List.of(), vdi.log, "calls that were made");
        assertEquals(List.of(), vdi.device("full").completions);

        set.close();
        assertEquals(List.of("SignalAbort", "Close", "Release full", "Release"), vdi.log, "closing frees all the same");
    }

    private static void assertRefused(Executable call) {
        assertEquals(Hresults.RPC_E_CHANGED_MODE, assertThrows(VdiException.class, call).hresult());
    }
}
