package io.github.sqlvdi.peers;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.internal.engine.EmbeddedVdi;
import io.github.sqlvdi.internal.memory.WideStrings;
import io.github.sqlvdi.testing.Patience;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** A statement in C on a server set of the embedded VDI in this process: the server of a client in another process. */
@SuppressWarnings("restricted")
final class GuestStatement {

    private final long pointer;

    private GuestStatement(long pointer) {
        this.pointer = pointer;
    }

    /** Starts a statement on a set that exists. */
    static GuestStatement start(String name, PeerPlan plan) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = WideStrings.allocate(arena, name);
            MemorySegment written = plan.write(arena);
            long server = EmbeddedVdi.createServerSet();
            return new GuestStatement(Peer.call(() -> (long) function("peer_statement_start", JAVA_LONG, JAVA_LONG,
                    ADDRESS, ADDRESS).invokeExact(server, text, written)));
        }
    }

    /** Waits for the end and gives the verdict; once. */
    PeerVerdict verdict() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment verdict = arena.allocate(PeerVerdict.BYTES, Long.BYTES);
            int result = Peer.call(() -> (int) function("peer_statement_wait", JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS)
                    .invokeExact(pointer, Patience.MILLIS, verdict));
            assertEquals(0, result, "peer_statement_wait");
            return PeerVerdict.read(verdict);
        }
    }

    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        SymbolLookup library = SymbolLookup.libraryLookup(NativeBuild.library("drive"), Arena.global());
        return Linker.nativeLinker().downcallHandle(library.find(name).orElseThrow(),
                FunctionDescriptor.of(result, arguments));
    }
}
