package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.NameRules;
import io.github.sqlvdi.internal.memory.WideStrings;
import io.github.sqlvdi.internal.settings.Settings;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the names that a caller passes: of instances (VDI reference 17), and of sets and devices ({@link NameRules}). */
final class Names {
    private static final Pattern INSTANCE = Pattern.compile("[\\p{L}_#][\\p{L}\\p{Nd}_$#]{0,15}");

    private Names() {}

    /** {@return the instance's name, "MSSQLSERVER" for the default one; null if it cannot be an instance's name} */
    static String instance(long lpInstanceName) {
        return instance(read(lpInstanceName, ""));
    }

    /** {@return the instance for Create, OpenInSecondary and the legacy Open, which have no parameter for it} */
    static String instanceOfEnvironment() {
        return instance(Settings.variable(Settings.INSTANCE_VARIABLE).orElse(""));
    }

    private static String instance(String name) {
        if (name == null) {
            return null;
        }
        if (name.isEmpty()) {
            return NameRules.DEFAULT_INSTANCE;
        }
        return INSTANCE.matcher(name).matches() ? name.toUpperCase(Locale.ROOT) : null;
    }

    /** {@return the name of a set or device; null if it is missing or breaks {@link NameRules}} */
    static String name(long lpName) {
        String name = read(lpName, null);
        return name == null || NameRules.problem(name).isPresent() ? null : name;
    }

    private static String read(long lpName, String ifNull) {
        try {
            String name = WideStrings.read(lpName, NameRules.MAX_LENGTH);
            return name == null ? ifNull : name;
        } catch (IllegalArgumentException tooLong) {
            return null;
        }
    }
}
