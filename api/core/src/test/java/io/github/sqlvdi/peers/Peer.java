package io.github.sqlvdi.peers;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.sqlvdi.internal.memory.WideStrings;
import io.github.sqlvdi.internal.platform.NativeLibraries;
import io.github.sqlvdi.internal.provider.Provider;
import io.github.sqlvdi.testing.Patience;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A compiled peer and the functions it has for tests, beside its VDI. */
@SuppressWarnings("restricted")
public enum Peer {
    /** COM objects in C, their vtables laid out from our header. */
    C("c"),
    /** COM objects as C++ classes with virtual methods. */
    CPP("cpp"),
    /** The C++ classes of Linux, called by their mangled names. */
    LINUX("linux"),
    /** The C peer with the functions of ole32 beside it. */
    OLE32("ole32");

    private static final int PATIENCE_MILLIS = Patience.MILLIS;
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final String recipe;

    Peer(String recipe) {
        this.recipe = recipe;
    }

    /** The library; aborts or fails the test where no compiler is. */
    public Path library() {
        return NativeBuild.library(recipe);
    }

    /** The provider that the library choice makes of it, or of its registration with Windows. */
    public Provider provider() {
        return NativeProperty.isRegistered(this) ? NativeLibraries.open() : NativeLibraries.open(library());
    }

    static String freshName() {
        return "peer-" + ProcessHandle.current().pid() + "-" + NAMES.incrementAndGet();
    }

    static String deviceName(String set, int index) {
        return index == 0 ? set : set + "-" + index;
    }

    SymbolLookup symbols() {
        return SymbolLookup.libraryLookup(library(), Arena.global());
    }

    private MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return Linker.nativeLinker().downcallHandle(symbols().find(name).orElseThrow(),
                FunctionDescriptor.of(result, arguments));
    }

    /** An IServerVirtualDeviceSet2 pointer with one reference. */
    public long createServerSet() {
        return call(() -> (long) function("peer_create_server_set", JAVA_LONG).invokeExact());
    }

    /** How many objects of the peer exist. */
    public int liveObjects() {
        return call(() -> (int) function("peer_live_objects", JAVA_INT).invokeExact());
    }

    /** Linux only: how many milliseconds a time-out of 1 is. */
    void setTimeUnit(long milliseconds) {
        call(() -> {
            Linker.nativeLinker().downcallHandle(symbols().find("peer_set_time_unit").orElseThrow(),
                    FunctionDescriptor.ofVoid(JAVA_LONG)).invokeExact(milliseconds);
            return null;
        });
    }

    /** Linux only: the largest time-out since the unit was set. */
    long longestTimeout() {
        return call(() -> (long) function("peer_longest_timeout", JAVA_LONG).invokeExact());
    }

    /** A statement that runs. */
    final class Statement {

        private final long pointer;

        private Statement(long pointer) {
            this.pointer = pointer;
        }

        /** Waits for the end and gives the verdict; once. */
        PeerVerdict verdict() {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment verdict = arena.allocate(PeerVerdict.BYTES, Long.BYTES);
                int result = call(() -> (int) function("peer_statement_wait", JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS)
                        .invokeExact(pointer, PATIENCE_MILLIS, verdict));
                assertEquals(0, result, "peer_statement_wait");
                return PeerVerdict.read(verdict);
            }
        }
    }

    /** Starts a statement on a set that exists. */
    Statement start(String name, PeerPlan plan) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = WideStrings.allocate(arena, name);
            MemorySegment written = plan.write(arena);
            long server = createServerSet();
            long statement = call(() -> (long) function("peer_statement_start", JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS)
                    .invokeExact(server, text, written));
            assertNotEquals(0, statement, "peer_statement_start");
            return new Statement(statement);
        }
    }

    /** A downcall, which throws nothing checked. */
    interface Downcall<T> {
        T call() throws Throwable;
    }

    static <T> T call(Downcall<T> downcall) {
        try {
            return downcall.call();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a downcall threw a checked exception", e);
        }
    }
}
