package io.github.sqlvdi.storage.internal.zstd;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks for an implementation once for each value of the setting. */
final class ZstdSearch {

    /** Names the implementation to use. */
    private static final String PROPERTY = "io.github.sqlvdi.storage.zstd";

    private ZstdSearch() {
    }

    /** The first use of the class looks for the library. */
    private static final class SystemLibrary {

        /** Why the library cannot be used; empty if it can. */
        private static final Optional<String> LACK = find();

        private SystemLibrary() {
        }

        private static Optional<String> find() {
            try (Arena arena = Arena.ofConfined()) {
                return SymbolLookup.libraryLookup("libzstd.so.1", arena).find("ZSTD_compressStream2").isPresent()
                        ? Optional.empty()
                        : Optional
                                .of("libzstd.so.1 has no function ZSTD_compressStream2: expected version 1.4 or later");
            } catch (IllegalArgumentException missing) {
                return Optional
                        .of("there is no libzstd.so.1 (Debian and Ubuntu: apt-get install libzstd1; Red Hat: dnf "
                                + "install libzstd)");
            } catch (IllegalCallerException denied) {
                Module module = ZstdSearch.class.getModule();
                return Optional.of("Java denies the native access to libzstd: start Java with --enable-native-access="
                        + (module.isNamed() ? module.getName() : "ALL-UNNAMED"));
            }
        }
    }

    static ZstdLibrary found() throws IOException {
        String wanted = System.getProperty(PROPERTY, "").strip().toLowerCase(Locale.ROOT);
        if (!List.of("", "auto", "system", "jni").contains(wanted)) {
            throw new IllegalArgumentException(
                    "property " + PROPERTY + " is \"" + wanted + "\": expected auto, system or jni");
        }
        if (!wanted.equals("jni") && SystemLibrary.LACK.isEmpty()) {
            return new SystemZstd();
        }
        if (!wanted.equals("system") && hasJni()) {
            return new JniZstd();
        }
        String lack = wanted.equals("jni") ? "" : SystemLibrary.LACK.orElseThrow();
        String jni =
                wanted.equals("system") ? "" : "com.github.luben:zstd-jni is not on the class path or cannot be loaded";
        throw new IOException(
                "zstd is not available here: " + lack + (lack.isEmpty() || jni.isEmpty() ? "" : ", and ") + jni
                        + (wanted.isEmpty() || wanted.equals("auto") ? ""
                                : "; property " + PROPERTY + " allows only " + wanted));
    }

    private static boolean hasJni() {
        try {
            return JniZstd.isHere();
        } catch (LinkageError | IllegalCallerException missing) { // the classes, the library in the jar, native access
            return false;
        }
    }
}
