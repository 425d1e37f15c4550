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
 * The functions of kernel32.dll that deal with events, handles, folders and memory, under their names. Handles and
 * addresses are {@code long}. The calls of the hot path ({@link #waitForSingleObject}, {@link #setEvent},
 * {@link #resetEvent}) allocate nothing.
 */
final class Kernel32 {

    static final long INVALID_HANDLE_VALUE = -1;
    static final int WAIT_OBJECT_0 = 0;

    private static final int MEMORY_STATUS_BYTES = 64;
    private static final int AVAILABLE_PHYSICAL_OFFSET = 16;
    private static final int AVAILABLE_COMMIT_OFFSET = 32;

    private static final SymbolLookup LIBRARY = library("kernel32");
    private static final MethodHandle CREATE_EVENT = Native.downcall(LIBRARY, "CreateEventW",
            FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS), LastError.CAPTURE);
    private static final MethodHandle SET_EVENT = Native.downcall(LIBRARY, "SetEvent",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    private static final MethodHandle RESET_EVENT = Native.downcall(LIBRARY, "ResetEvent",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    private static final MethodHandle WAIT = Native.downcall(LIBRARY, "WaitForSingleObject",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CLOSE_HANDLE = Native.downcall(LIBRARY, "CloseHandle",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    private static final MethodHandle CREATE_DIRECTORY = Native.downcall(LIBRARY, "CreateDirectoryW",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS), LastError.CAPTURE);
    private static final MethodHandle LOCAL_FREE = Native.downcall(LIBRARY, "LocalFree",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle MEMORY_STATUS = Native.downcall(LIBRARY, "GlobalMemoryStatusEx",
            FunctionDescriptor.of(JAVA_INT, ADDRESS), LastError.CAPTURE);

    private Kernel32() {}

    /** Creates or opens a manual-reset event of that name, open to this user only. */
    static long createEvent(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LastError.allocate(arena);
            long event = (long) CREATE_EVENT.invokeExact(state, UserOnly.object(), 1, 0,
                    WideStrings.allocate(arena, name));
            if (event == 0) {
                throw LastError.failed("CreateEvent of " + name, LastError.of(state));
            }
            return event;
        } catch (Throwable e) {
            throw LastError.rethrow(e);
        }
    }

    static void setEvent(long event) {
        try {
            int ignored = (int) SET_EVENT.invokeExact(event);
        } catch (Throwable e) {
            throw LastError.unexpected(e);
        }
    }

    static void resetEvent(long event) {
        try {
            int ignored = (int) RESET_EVENT.invokeExact(event);
        } catch (Throwable e) {
            throw LastError.unexpected(e);
        }
    }

    /** Waits at most {@code millis} milliseconds. Returns {@link #WAIT_OBJECT_0} if the object is signalled. */
    static int waitForSingleObject(long handle, int millis) {
        try {
            return (int) WAIT.invokeExact(handle, millis);
        } catch (Throwable e) {
            throw LastError.unexpected(e);
        }
    }

    static void closeHandle(long handle) {
        try {
            if ((int) CLOSE_HANDLE.invokeExact(handle) == 0) {
                WindowsHost.LOG.log(System.Logger.Level.WARNING, "CloseHandle of 0x" + Long.toHexString(handle)
                        + " failed");
            }
        } catch (Throwable e) {
            throw LastError.unexpected(e);
        }
    }

    /** Creates a folder that only this user can enter. Returns 0 or the error code. */
    static int createDirectory(String path) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LastError.allocate(arena);
            int made = (int) CREATE_DIRECTORY.invokeExact(state, WideStrings.allocate(arena, path), UserOnly.folder());
            return made != 0 ? 0 : LastError.of(state);
        } catch (Throwable e) {
            throw LastError.unexpected(e);
        }
    }

    /** Frees memory that a function of advapi32 allocated. */
    static void localFree(long memory) {
        try {
            long ignored = (long) LOCAL_FREE.invokeExact(memory);
        } catch (Throwable e) {
            throw LastError.unexpected(e);
        }
    }

    /** Returns the free physical memory or the memory that can still be committed, whichever is less, in bytes. */
    static long availableMemory() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LastError.allocate(arena);
            MemorySegment status = arena.allocate(MEMORY_STATUS_BYTES, 8);
            status.set(JAVA_INT, 0, MEMORY_STATUS_BYTES);
            if ((int) MEMORY_STATUS.invokeExact(state, status) == 0) {
                throw LastError.failed("GlobalMemoryStatusEx", LastError.of(state));
            }
            return Math.min(status.get(JAVA_LONG, AVAILABLE_PHYSICAL_OFFSET),
                    status.get(JAVA_LONG, AVAILABLE_COMMIT_OFFSET));
        } catch (Throwable e) {
            throw LastError.unexpected(e);
        }
    }

    @SuppressWarnings("restricted")
    static SymbolLookup library(String name) {
        return SymbolLookup.libraryLookup(name, Arena.global());
    }
}
