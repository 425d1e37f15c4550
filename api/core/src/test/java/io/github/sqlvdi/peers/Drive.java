package io.github.sqlvdi.peers;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.internal.com.ComObjects;
import io.github.sqlvdi.internal.com.UnknownCalls;
import io.github.sqlvdi.internal.engine.EmbeddedVdi;
import io.github.sqlvdi.internal.memory.WideStrings;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * Hands pointers of the embedded VDI to {@code peer_drive} of drive.c, which calls their vtables from threads that Java
 * never saw: a client and a sender for each device, and the completion agent.
 */
@SuppressWarnings("restricted")
final class Drive {

    private static final int DEVICES = 8;
    private static final int COMMAND_BYTES = 512;
    private static final int BUFFERS = 8;
    /** DriveReport of drive.h: 64 bytes, the server's verdict at 24. */
    private static final int REPORT_BYTES = 64;
    private static final int VERDICT_OFFSET = 24;

    private Drive() {
    }

    static void run(boolean restore, int commands) {
        PeerPlan plan = (restore ? PeerPlan.restore(DEVICES, (long) commands * COMMAND_BYTES)
                : PeerPlan.backup(DEVICES, (long) commands * COMMAND_BYTES)).transfers(COMMAND_BYTES, BUFFERS);
        MethodHandle drive = Linker.nativeLinker().downcallHandle(
                SymbolLookup.libraryLookup(NativeBuild.library("drive"), Arena.global()).find("peer_drive")
                        .orElseThrow(),
                FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS));
        int before = ComObjects.liveCount();
        long client = EmbeddedVdi.createClientSet();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment report = arena.allocate(REPORT_BYTES, Long.BYTES);
            MemorySegment name = WideStrings.allocate(arena, Peer.freshName());
            MemorySegment written = plan.write(arena);
            long server = EmbeddedVdi.createServerSet();
            Peer.call(() -> {
                drive.invokeExact(client, server, name, written, report);
                return null;
            });
            assertEquals("S_OK", Hresults.name(report.get(JAVA_INT, 0)), "the client's first failure");
            assertEquals("S_OK", Hresults.name(report.get(JAVA_INT, 4)), "the end of the statement");
            assertEquals(PeerVerdict.good(plan), PeerVerdict.read(report.asSlice(VERDICT_OFFSET, PeerVerdict.BYTES)));
            assertEquals((long) DEVICES * commands, report.get(JAVA_LONG, 8), "commands that the client completed");
            assertEquals(0, report.get(JAVA_LONG, 16), "8-byte words that differ");
            assertEquals(1, report.get(JAVA_INT, 56), "references on the client set");
            assertEquals(0, report.get(JAVA_INT, 60), "references on the client's devices");
        } finally {
            new UnknownCalls(client).release();
        }
        assertEquals(before, ComObjects.liveCount(), "objects with references");
    }
}
