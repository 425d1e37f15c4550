package io.github.sqlvdi.benchmarks.server;

import java.util.List;
import java.util.Locale;

/** The compressions that can be measured. */
public final class Codecs {

    /** No compression. */
    public static final String NONE = "none";
    /** The server compresses: WITH COMPRESSION. */
    public static final String SERVER = "server";

    private static final List<String> KNOWN = List.of(NONE, SERVER);

    private Codecs() {
    }

    /**
     * Checks the value of an option.
     *
     * @param names the names
     * @return the names
     * @throws IllegalArgumentException if one is unknown
     */
    public static List<String> known(List<String> names) {
        for (String name : names) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "The codec %s is not known: expected some of %s", name, KNOWN));
            }
        }
        return names;
    }
}
