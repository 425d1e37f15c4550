package io.github.sqlvdi.internal.engine.host.windows;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.sqlvdi.internal.memory.Native;
import io.github.sqlvdi.internal.memory.WideStrings;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The functions of kernel32.dll that deal with named pipes and completion ports. Functions that can fail in normal
 * operation return 0 or the error code.
 */
final class PipeCalls {

    static final int INFINITE = -1;

    private static final int PIPE_ACCESS_DUPLEX = 3;
    private static final int FILE_FLAG_FIRST_PIPE_INSTANCE = 0x80000;
    private static final int FILE_FLAG_OVERLAPPED = 0x40000000;
    private static final int PIPE_REJECT_REMOTE_CLIENTS = 8;
    private static final int PIPE_UNLIMITED_INSTANCES = 255;
    private static final int PIPE_BUFFER_BYTES = 4_096;
    private static final int GENERIC_READ_WRITE = 0xC0000000;
    private static final int OPEN_EXISTING = 3;
    /** Keeps the process at the other end from impersonating this one. */
    private static final int SECURITY_ANONYMOUS = 0x100000;

    private static final SymbolLookup LIBRARY = Kernel32.library("kernel32");
    private static final MethodHandle CREATE_PIPE = Native.downcall(LIBRARY, "CreateNamedPipeW",
            FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
                    ADDRESS),
            LastError.CAPTURE);
    private static final MethodHandle CONNECT_PIPE = Native.downcall(LIBRARY, "ConnectNamedPipe",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG), LastError.CAPTURE);
    private static final MethodHandle WAIT_PIPE = Native.downcall(LIBRARY, "WaitNamedPipeW",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CREATE_FILE = Native.downcall(LIBRARY, "CreateFileW",
            FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_LONG),
            LastError.CAPTURE);
    private static final FunctionDescriptor TRANSFER = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT,
            ADDRESS, JAVA_LONG);
    private static final MethodHandle READ = Native.downcall(LIBRARY, "ReadFile", TRANSFER, LastError.CAPTURE);
    private static final MethodHandle WRITE = Native.downcall(LIBRARY, "WriteFile", TRANSFER, LastError.CAPTURE);
    private static final MethodHandle CANCEL = Native.downcall(LIBRARY, "CancelIoEx",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle CREATE_PORT = Native.downcall(LIBRARY, "CreateIoCompletionPort",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT), LastError.CAPTURE);
    private static final MethodHandle NEXT = Native.downcall(LIBRARY, "GetQueuedCompletionStatus",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_INT), LastError.CAPTURE);
    private static final MethodHandle POST = Native.downcall(LIBRARY, "PostQueuedCompletionStatus",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG), LastError.CAPTURE);

    private PipeCalls() {}

    /**
     * One packet from a completion port.
     *
     * @param overlapped the address of the OVERLAPPED of the transfer that ended; 0 for a wake-up
     * @param bytes how many bytes were transferred
     * @param error 0 or why the transfer failed
     */
    record Completion(long overlapped, int bytes, int error) {}

    /**
     * Creates an instance of a local pipe that only this user may open. With {@code first}, fails if the pipe exists
     * already.
     */
    static long createPipe(String name, boolean first) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LastError.allocate(arena);
            long pipe = (long) CREATE_PIPE.invokeExact(state, WideStrings.allocate(arena, name),
                    PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | (first ? FILE_FLAG_FIRST_PIPE_INSTANCE : 0),
                    PIPE_REJECT_REMOTE_CLIENTS, PIPE_UNLIMITED_INSTANCES, PIPE_BUFFER_BYTES, PIPE_BUFFER_BYTES, 0,
                    UserOnly.object());
            if (pipe == Kernel32.INVALID_HANDLE_VALUE) {
                throw LastError.failed("CreateNamedPipe", LastError.of(state));
            }
            return pipe;
        } catch (Throwable e) {
            throw LastError.rethrow(e);
        }
    }

    static int connectPipe(long pipe, long overlapped) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LastError.allocate(arena);
            int done = (int) CONNECT_PIPE.invokeExact(state, pipe, overlapped);
            return done != 0 ? 0 : LastError.of(state);
        } catch (Throwable e) {
            throw LastError.unexpected(e);
        }
    }

    /** Waits until a pipe has an instance to connect to. Returns false if there is none within {@code millis}. */
    static boolean waitPipe(String name, int millis) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) WAIT_PIPE.invokeExact(WideStrings.allocate(arena, name), millis) != 0;
        } catch (Throwable e) {
            throw LastError.unexpected(e);
        }
    }

    /** Opens the client end of a pipe. Returns the handle, or the negative error code. */
    static long openPipe(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LastError.allocate(arena);
            long pipe = (long) CREATE_FILE.invokeExact(state, WideStrings.allocate(arena, name), GENERIC_READ_WRITE, 0,
                    MemorySegment.NULL, OPEN_EXISTING, FILE_FLAG_OVERLAPPED | SECURITY_ANONYMOUS, 0L);
            return pipe == Kernel32.INVALID_HANDLE_VALUE ? -LastError.of(state) : pipe;
        } catch (Throwable e) {
            throw LastError.unexpected(e);
        }
    }

    static int read(long pipe, long buffer, int bytes, long overlapped) {
        return transfer(READ, pipe, buffer, bytes, overlapped);
    }

    static int write(long pipe, long buffer, int bytes, long overlapped) {
        return transfer(WRITE, pipe, buffer, bytes, overlapped);
    }

    private static int transfer(MethodHandle function, long pipe, long buffer, int bytes, long overlapped) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LastError.allocate(arena);
            int done = (int) function.invokeExact(state, pipe, buffer, bytes, MemorySegment.NULL, overlapped);
            return done != 0 ? 0 : LastError.of(state);
        } catch (Throwable e) {
            throw LastError.unexpected(e);
        }
    }

    /** Cancels all transfers of a handle. Their completions still arrive. */
    static void cancel(long handle) {
        try {
            int ignored = (int) CANCEL.invokeExact(handle, 0L);
        } catch (Throwable e) {
            throw LastError.unexpected(e);
        }
    }

    static long createPort() throws IOException {
        return associate(Kernel32.INVALID_HANDLE_VALUE, 0);
    }

    /** Makes the completions of a handle arrive at a port. */
    static long associate(long handle, long port) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LastError.allocate(arena);
            long result = (long) CREATE_PORT.invokeExact(state, handle, port, 0L, 0);
            if (result == 0) {
                throw LastError.failed("CreateIoCompletionPort", LastError.of(state));
            }
            return result;
        } catch (Throwable e) {
            throw LastError.rethrow(e);
        }
    }

    /** Waits for the next completion. Returns null if none arrives within {@code millis}. */
    static Completion next(long port, int millis) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LastError.allocate(arena);
            MemorySegment bytes = arena.allocate(JAVA_INT);
            MemorySegment key = arena.allocate(JAVA_LONG);
            MemorySegment overlapped = arena.allocate(JAVA_LONG);
            int done = (int) NEXT.invokeExact(state, port, bytes, key, overlapped, millis);
            int error = done != 0 ? 0 : LastError.of(state);
            long ended = overlapped.get(JAVA_LONG, 0);
            if (done == 0 && ended == 0) {
                if (error == LastError.WAIT_TIMEOUT) {
                    return null;
                }
                throw LastError.failed("GetQueuedCompletionStatus", error);
            }
            return new Completion(ended, bytes.get(JAVA_INT, 0), error);
        } catch (Throwable e) {
            throw LastError.rethrow(e);
        }
    }

    /** Posts a packet, which {@link #next} returns as a completion. */
    static void post(long port, long overlapped) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LastError.allocate(arena);
            if ((int) POST.invokeExact(state, port, 0, 0L, overlapped) == 0) {
                throw LastError.failed("PostQueuedCompletionStatus", LastError.of(state));
            }
        } catch (Throwable e) {
            throw LastError.rethrow(e);
        }
    }
}
