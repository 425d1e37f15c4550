package io.github.sqlvdi.benchmarks.server;

import io.github.sqlvdi.codec.Codec;
import io.github.sqlvdi.storage.Gzip;
import io.github.sqlvdi.storage.Zstd;
import io.github.sqlvdi.stream.Pipeline;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The compressions that can be measured, by their names. */
public final class Codecs {

    /** No compression. */
    public static final String NONE = "none";
    /** The server compresses: WITH COMPRESSION. */
    public static final String SERVER = "server";
    /** The names, for the help of an option. */
    public static final String NAMES = "none, server (WITH COMPRESSION), zstd or gzip with a level as in zstd:3";

    private static final String ZSTD = "zstd";
    private static final String GZIP = "gzip";

    private Codecs() {
    }

    /**
     * Checks the values of an option.
     *
     * @param names the names
     * @return the names
     * @throws IllegalArgumentException if one is unknown
     */
    public static List<String> known(List<String> names) {
        names.forEach(Codecs::codec);
        return names;
    }

    /**
     * Makes what compresses on this side of the devices.
     *
     * @param name a name that {@link #known} accepts
     * @return the pipeline, which the caller closes; empty if this side does not compress
     */
    public static Optional<Pipeline> pipeline(String name) {
        return codec(name).map(codec -> Pipeline.builder().codec(codec).build());
    }

    /**
     * {@return whether this side of the devices compresses}
     *
     * @param name a name that {@link #known} accepts
     */
    public static boolean isHere(String name) {
        return codec(name).isPresent();
    }

    private static Optional<Codec> codec(String name) {
        if (name.equals(NONE) || name.equals(SERVER)) {
            return Optional.empty();
        }
        String[] parts = name.split(":", -1);
        if (parts.length <= 2 && (parts[0].equals(ZSTD) || parts[0].equals(GZIP))) {
            int standard = parts[0].equals(ZSTD) ? Zstd.DEFAULT_LEVEL : Gzip.DEFAULT_LEVEL;
            try {
                int level = parts.length == 1 ? standard : Integer.parseInt(parts[1]);
                return Optional.of(parts[0].equals(ZSTD) ? Zstd.level(level) : Gzip.level(level));
            } catch (NumberFormatException noNumber) {
                throw unknown(name);
            }
        }
        throw unknown(name);
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException(
                String.format(Locale.ROOT, "The codec %s is not known: expected some of %s", name, NAMES));
    }
}
