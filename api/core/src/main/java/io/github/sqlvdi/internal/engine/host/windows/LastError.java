package io.github.sqlvdi.internal.engine.host.windows;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.github.sqlvdi.internal.memory.Native;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/** The error codes of Windows, captured with the call that failed. */
final class LastError {

    static final int FILE_NOT_FOUND = 2;
    static final int ALREADY_EXISTS = 183;
    static final int PIPE_BUSY = 231;
    static final int NO_DATA = 232;
    static final int WAIT_TIMEOUT = 258;
    static final int PIPE_CONNECTED = 535;
    static final int IO_PENDING = 997;

    static final Linker.Option CAPTURE = Linker.Option.captureCallState("GetLastError");

    private static final StructLayout LAYOUT = Linker.Option.captureStateLayout();
    private static final long OFFSET = LAYOUT.byteOffset(PathElement.groupElement("GetLastError"));

    private LastError() {}

    static MemorySegment allocate(Arena arena) {
        return arena.allocate(LAYOUT);
    }

    static int of(MemorySegment state) {
        return state.get(JAVA_INT, OFFSET);
    }

    /** Returns the exception for a call that failed; the system's text for a code is {@code net helpmsg <code>}. */
    static IOException failed(String call, int code) {
        return new IOException(call + " failed with Windows error " + code + " (\"net helpmsg " + code
                + "\" explains it)");
    }

    static RuntimeException unexpected(Throwable e) {
        return e instanceof IOException io ? new UncheckedIOException(io) : Native.unexpected(e);
    }

    static IOException rethrow(Throwable e) {
        if (e instanceof IOException io) {
            return io;
        }
        throw unexpected(e);
    }
}
