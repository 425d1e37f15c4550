package io.github.sqlvdi.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.bindings.VDS_Command;
import io.github.sqlvdi.internal.com.Callback;
import io.github.sqlvdi.internal.com.ConfigBlock;
import io.github.sqlvdi.internal.com.ServerVirtualDeviceCalls;
import io.github.sqlvdi.internal.memory.Memory;
import io.github.sqlvdi.internal.memory.WideStrings;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A completion agent that comes only after the abort. */
class LateAgentTest {

    @Test
    void whatWasSentBeforeTheAbortIsCalledBackWith995() {
        Arena arena = Arena.ofAuto();
        ClientSet client = new ClientSet(Hosts.current());
        ServerSet server = new ServerSet(Hosts.current());
        long name = WideStrings.allocate(arena, "late agent " + System.nanoTime()).address();
        MemorySegment config = arena.allocate(ConfigBlock.BYTES, 4);
        ConfigBlock.write(VdiConfig.builder().build(), config);
        assertEquals(Hresults.S_OK, client.createEx(0, name, config.address()));
        assertEquals(Hresults.S_OK, server.open(0, name));
        assertEquals(Hresults.S_OK, server.beginConfiguration(Features.WRITE_MEDIA, 512, 0, 65_536, 0));
        assertEquals(Hresults.S_OK, server.endConfiguration());
        MemorySegment out = arena.allocate(8, 8);
        assertEquals(Hresults.S_OK, server.openDevice(name, out.address()));
        List<Integer> codes = new ArrayList<>();
        long routine = Callback.stub(pCmd -> codes
                .add(Memory.ALL.get(ValueLayout.JAVA_INT, pCmd + VDS_Command.completionCode$offset())));
        MemorySegment command = VDS_Command.allocate(arena);
        VDS_Command.commandCode(command, CommandCode.FLUSH.value());
        VDS_Command.completionRoutine(command, MemorySegment.ofAddress(routine));
        ServerVirtualDeviceCalls device = new ServerVirtualDeviceCalls(out.get(ValueLayout.JAVA_LONG, 0));
        assertEquals(Hresults.S_OK, device.sendCommand(command.address()));
        assertEquals(Hresults.S_OK, client.signalAbort());

        assertEquals(Hresults.VD_E_ABORT, server.executeCompletionAgent());
        assertEquals(List.of(CompletionCodes.OPERATION_ABORTED), codes);
        assertEquals(Hresults.VD_E_ABORT, server.executeCompletionAgent());
        assertEquals(1, codes.size());
        server.close();
        client.close();
        device.release();
    }
}
