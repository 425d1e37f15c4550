package io.github.sqlvdi.internal.engine.host.windows;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.sqlvdi.internal.memory.Native;
import io.github.sqlvdi.internal.memory.WideStrings;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The identity of this user, and the security attributes that keep other users from opening the objects of this
 * library:
 *
 * <pre>
 *   struct SECURITY_ATTRIBUTES {      0  u32 nLength = 24
 *                                     8  SECURITY_DESCRIPTOR *lpSecurityDescriptor
 *                                    16  BOOL bInheritHandle = 0 }
 * </pre>
 *
 * <p>Both are created once and kept for the life of the process.
 */
final class UserOnly {

    private static final int ATTRIBUTES_BYTES = 24;
    static final int DESCRIPTOR_OFFSET = 8;
    private static final int SDDL_REVISION_1 = 1;
    private static final int TOKEN_QUERY = 8;
    private static final int TOKEN_USER = 1;
    private static final int TOKEN_USER_BYTES = 256;
    private static final long CURRENT_PROCESS = -1;
    private static final int MAX_SID_CHARACTERS = 200;
    private static final int SID_HEADER_BYTES = 8;

    private static final SymbolLookup LIBRARY = Kernel32.library("advapi32");
    private static final MethodHandle OPEN_TOKEN = Native.downcall(LIBRARY, "OpenProcessToken",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS), LastError.CAPTURE);
    private static final MethodHandle TOKEN_INFORMATION = Native.downcall(LIBRARY, "GetTokenInformation",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS), LastError.CAPTURE);
    private static final MethodHandle SID_TO_STRING = Native.downcall(LIBRARY, "ConvertSidToStringSidW",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS), LastError.CAPTURE);
    private static final MethodHandle TO_DESCRIPTOR = Native.downcall(LIBRARY,
            "ConvertStringSecurityDescriptorToSecurityDescriptorW",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS), LastError.CAPTURE);

    private static final UserOnly INSTANCE = new UserOnly();

    private final byte[] sid;
    private final MemorySegment object;
    private final MemorySegment folder;

    private UserOnly() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment user = tokenUser(arena);
            long address = user.get(JAVA_LONG, 0);
            int at = Math.toIntExact(address - user.address());
            int length = SID_HEADER_BYTES + 4 * user.get(JAVA_BYTE, at + 1);
            sid = user.asSlice(at, length).toArray(JAVA_BYTE);
            String text = text(arena, address);
            object = attributes("D:P(A;;GA;;;" + text + ")");
            folder = attributes("D:P(A;OICI;GA;;;" + text + ")");
        } catch (Throwable e) {
            throw LastError.unexpected(e);
        }
    }

    /** Returns the bytes of this user's security identifier. */
    static byte[] sid() {
        return INSTANCE.sid.clone();
    }

    /** Returns the attributes of events and pipes that only this user may open. */
    static MemorySegment object() {
        return INSTANCE.object;
    }

    /** Returns the attributes of a folder that only this user may open, like all files created in it. */
    static MemorySegment folder() {
        return INSTANCE.folder;
    }

    private static MemorySegment tokenUser(Arena arena) throws Throwable {
        MemorySegment state = LastError.allocate(arena);
        MemorySegment token = arena.allocate(JAVA_LONG);
        if ((int) OPEN_TOKEN.invokeExact(state, CURRENT_PROCESS, TOKEN_QUERY, token) == 0) {
            throw LastError.failed("OpenProcessToken", LastError.of(state));
        }
        try {
            MemorySegment user = arena.allocate(TOKEN_USER_BYTES, 8);
            MemorySegment length = arena.allocate(JAVA_INT);
            if ((int) TOKEN_INFORMATION.invokeExact(state, token.get(JAVA_LONG, 0), TOKEN_USER, user,
                    TOKEN_USER_BYTES, length) == 0) {
                throw LastError.failed("GetTokenInformation", LastError.of(state));
            }
            return user;
        } finally {
            Kernel32.closeHandle(token.get(JAVA_LONG, 0));
        }
    }

    private static String text(Arena arena, long sid) throws Throwable {
        MemorySegment state = LastError.allocate(arena);
        MemorySegment string = arena.allocate(JAVA_LONG);
        if ((int) SID_TO_STRING.invokeExact(state, sid, string) == 0) {
            throw LastError.failed("ConvertSidToStringSid", LastError.of(state));
        }
        long address = string.get(JAVA_LONG, 0);
        try {
            return WideStrings.read(address, MAX_SID_CHARACTERS);
        } finally {
            Kernel32.localFree(address);
        }
    }

    /** Makes security attributes from a description in the security descriptor definition language. */
    static MemorySegment attributes(String description) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LastError.allocate(arena);
            MemorySegment attributes = Arena.global().allocate(ATTRIBUTES_BYTES, 8);
            attributes.set(JAVA_INT, 0, ATTRIBUTES_BYTES);
            if ((int) TO_DESCRIPTOR.invokeExact(state, WideStrings.allocate(arena, description), SDDL_REVISION_1,
                    attributes.asSlice(DESCRIPTOR_OFFSET), MemorySegment.NULL) == 0) {
                throw LastError.failed("ConvertStringSecurityDescriptorToSecurityDescriptor", LastError.of(state));
            }
            return attributes;
        }
    }
}
