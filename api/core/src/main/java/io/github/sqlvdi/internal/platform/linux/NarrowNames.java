package io.github.sqlvdi.internal.platform.linux;

import io.github.sqlvdi.internal.memory.WideStrings;
import io.github.sqlvdi.internal.provider.NameRules;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The {@code char*} names of {@code libsqlvdi.so}: their encoding is not documented, so only ASCII passes (VDI
 * reference 13.4).
 */
final class NarrowNames {

    private static final System.Logger LOG = System.getLogger("io.github.sqlvdi");
    private static final String DEFAULT_INSTANCE = "MSSQLSERVER";

    private NarrowNames() {
    }

    /**
     * Turns a UTF-16 name into a {@code char*} one.
     *
     * @return null when it cannot be one; why is logged
     */
    static MemorySegment name(Arena arena, long lpcwstr) {
        String name;
        try {
            name = WideStrings.read(lpcwstr, NameRules.MAX_LENGTH);
        } catch (IllegalArgumentException e) {
            return refuse(String.format(Locale.ROOT, "a name of more than %d characters", NameRules.MAX_LENGTH));
        }
        if (name == null || name.isEmpty()) {
            return refuse("no name");
        }
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(name) || name.indexOf('\\') >= 0
                || name.indexOf('/') >= 0) {
            return refuse(String.format(Locale.ROOT, "the name \"%s\"", name));
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

    /** Whether an instance name means the one instance there is; if not, that is logged. */
    static boolean isDefaultInstance(long lpcwstr) {
        String instance;
        try {
            instance = WideStrings.read(lpcwstr, NameRules.MAX_LENGTH);
        } catch (IllegalArgumentException e) {
            instance = "(too long)";
        }
        boolean ours = instance == null || instance.isEmpty() || instance.equals(DEFAULT_INSTANCE);
        if (!ours) {
            LOG.log(System.Logger.Level.WARNING,
                    "instance \"{0}\": SQL Server on Linux has no named instances; expected none, or {1}", instance,
                    DEFAULT_INSTANCE);
        }
        return ours;
    }
}
