package io.github.sqlvdi.internal.platform.linux;

import io.github.sqlvdi.NameRules;
import io.github.sqlvdi.internal.memory.WideStrings;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * The {@code char*} names of {@code libsqlvdi.so}: their encoding is not documented, so only ASCII passes (VDI
 * reference 13.4).
 */
final class NarrowNames {

    private static final System.Logger LOG = System.getLogger("io.github.sqlvdi");

    private NarrowNames() {
    }

    /**
     * Converts a UTF-16 name to a {@code char*} name.
     *
     * @return null when the name is not allowed; the reason is logged
     */
    static MemorySegment name(Arena arena, long lpcwstr) {
        String name;
        try {
            name = WideStrings.read(lpcwstr, NameRules.MAX_LENGTH);
        } catch (IllegalArgumentException e) {
            return refuse("a name of more than " + NameRules.MAX_LENGTH + " characters");
        }
        if (name == null || name.isEmpty()) {
            return refuse("no name");
        }
        if (NameRules.problem(name).isPresent() || name.indexOf('/') >= 0
                || !StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
            return refuse("the name \"" + name + "\"");
        }
        return arena.allocateFrom(name, StandardCharsets.US_ASCII);
    }

    private static MemorySegment refuse(String what) {
        LOG.log(System.Logger.Level.WARNING,
                "{0} cannot be used with SQL Server on Linux: expected 1 to {1} ASCII characters without / and \\",
                what,
                NameRules.MAX_LENGTH);
        return null;
    }

    /**
     * Returns whether an instance name means the default instance, the only one on Linux. Any other name is logged.
     */
    static boolean isDefaultInstance(long lpcwstr) {
        String instance;
        try {
            instance = WideStrings.read(lpcwstr, NameRules.MAX_LENGTH);
        } catch (IllegalArgumentException e) {
            instance = "(too long)";
        }
        boolean ours = instance == null || instance.isEmpty() || instance.equals(NameRules.DEFAULT_INSTANCE);
        if (!ours) {
            LOG.log(System.Logger.Level.WARNING,
                    "instance \"{0}\": SQL Server on Linux has no named instances; expected none, or {1}", instance,
                    NameRules.DEFAULT_INSTANCE);
        }
        return ours;
    }
}
