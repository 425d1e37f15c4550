package io.github.sqlvdi.internal.engine.host.windows;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.github.sqlvdi.internal.memory.Memory;
import io.github.sqlvdi.internal.memory.Native;
import io.github.sqlvdi.internal.memory.WideStrings;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/**
 * Checks which users may access a folder. Besides this user, only the system itself and the administrators count as
 * trusted, because nothing can be kept from them.
 *
 * <pre>
 *   ACL   0 u8 revision | u8 0 | u16 bytes | u16 entries | u16 0      then the entries
 *   ACE   0 u8 type (0 allow, 1 deny ...) | u8 flags | u16 bytes | u32 rights | SID
 *   SID   0 u8 revision | u8 n | 6 bytes authority | n times u32
 * </pre>
 */
final class AccessList {

    private static final int SE_FILE_OBJECT = 1;
    private static final int OWNER_AND_DACL = 1 | 4;
    private static final int ACL_BYTES = 8;
    private static final int ACE_BYTES = 8;
    private static final int SID_BYTES = 8;
    private static final int MAX_SUB_AUTHORITIES = 15;
    private static final int ACCESS_DENIED_ACE = 1;

    /** SYSTEM (S-1-5-18), Administrators (S-1-5-32-544), creator owner (S-1-3-0) and owner rights (S-1-3-4). */
    private static final Set<String> TRUSTED = Set.of("010100000000000512000000",
            "01020000000000052000000020020000", "010100000000000300000000", "010100000000000304000000");

    private static final MethodHandle GET_SECURITY = Native.downcall(Kernel32.library("advapi32"),
            "GetNamedSecurityInfoW", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS,
                    ADDRESS, ADDRESS, ADDRESS));

    private AccessList() {}

    /** Returns why a folder is not private to this user, or null if it is. */
    static String fault(Path folder) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment owner = arena.allocate(JAVA_LONG);
            MemorySegment list = arena.allocate(JAVA_LONG);
            MemorySegment descriptor = arena.allocate(JAVA_LONG);
            int error = (int) GET_SECURITY.invokeExact(WideStrings.allocate(arena, LongPath.of(folder)),
                    SE_FILE_OBJECT, OWNER_AND_DACL, owner, MemorySegment.NULL, list, MemorySegment.NULL, descriptor);
            if (error != 0) {
                throw LastError.failed("GetNamedSecurityInfo of " + folder, error);
            }
            try {
                byte[] its = sid(owner.get(JAVA_LONG, 0));
                return isTrusted(its) ? fault(list.get(JAVA_LONG, 0))
                        : "belongs to the security identifier " + HexFormat.of().formatHex(its)
                                + " (hexadecimal); expected this user";
            } finally {
                Kernel32.localFree(descriptor.get(JAVA_LONG, 0));
            }
        } catch (Throwable e) {
            throw LastError.rethrow(e);
        }
    }

    private static String fault(long list) {
        if (list == 0) {
            return "has no access control list, so everybody may do everything in it; expected one for its user only";
        }
        int entries = Short.toUnsignedInt(Memory.ALL.get(JAVA_SHORT_UNALIGNED, list + 4));
        long entry = list + ACL_BYTES;
        for (int i = 0; i < entries; i++) {
            int type = Memory.ALL.get(JAVA_BYTE, entry);
            // Object and callback entries have another layout than plain ones. They are not read, and count as access
            // by others.
            if (type != ACCESS_DENIED_ACE && (type != 0 || !isTrusted(sid(entry + ACE_BYTES)))) {
                return "may be used by others: entry " + i + " of its access control list gives rights 0x"
                        + Integer.toHexString(Memory.ALL.get(JAVA_INT_UNALIGNED, entry + 4))
                        + "; expected entries for its user, SYSTEM and the administrators only (icacls shows and "
                        + "changes them)";
            }
            entry += Short.toUnsignedInt(Memory.ALL.get(JAVA_SHORT_UNALIGNED, entry + 2));
        }
        return null;
    }

    private static byte[] sid(long address) {
        int count = Math.min(Memory.ALL.get(JAVA_BYTE, address + 1), MAX_SUB_AUTHORITIES);
        return Memory.ALL.asSlice(address, SID_BYTES + 4L * count).toArray(JAVA_BYTE);
    }

    private static boolean isTrusted(byte[] sid) {
        return Arrays.equals(sid, UserOnly.sid()) || TRUSTED.contains(HexFormat.of().formatHex(sid));
    }
}
