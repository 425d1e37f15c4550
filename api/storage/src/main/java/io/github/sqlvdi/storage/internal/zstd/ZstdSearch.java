package io.github.sqlvdi.storage.internal.zstd;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.Locale;

/** Looks for an implementation once for each value of the setting. */
final class ZstdSearch {

    /** Names the implementation to use. */
    private static final String PROPERTY = "io.github.sqlvdi.storage.zstd";

    private ZstdSearch() {
    }

    /** The first use of the class looks for the library. */
    private static final class SystemLibrary {

        private static final boolean HERE = find();

        private SystemLibrary() {
        }

        private static boolean find() {
            try (Arena arena = Arena.ofConfined()) {
                return SymbolLookup.libraryLookup("libzstd.so.1", arena).find("ZSTD_compressStream2").isPresent();
            } catch (IllegalArgumentException missing) {
                return false;
            }
        }
    }

    static ZstdLibrary found() throws IOException {
        String wanted = System.getProperty(PROPERTY, "").strip().toLowerCase(Locale.ROOT);
        if (!List.of("", "auto", "system", "jni").contains(wanted)) {
            throw new IllegalArgumentException(
                    "property " + PROPERTY + " is \"" + wanted + "\": expected auto, system or jni");
        }
        if (!wanted.equals("jni") && SystemLibrary.HERE) {
            return new SystemZstd();
        }
        if (!wanted.equals("system") && hasJni()) {
            return new JniZstd();
        }
        throw new IOException(
                "zstd is not available here: there is neither the system's libzstd.so.1 (Debian and Ubuntu: "
                        + "apt-get install libzstd1; Red Hat: dnf install libzstd) nor com.github.luben:zstd-jni on the class path"
                        + (wanted.isEmpty() || wanted.equals("auto") ? ""
                                : "; property " + PROPERTY + " allows only " + wanted));
    }

    private static boolean hasJni() {
        try {
            return JniZstd.isHere();
        } catch (LinkageError missing) { // the classes, or the library for this system in the jar
            return false;
        }
    }
}
