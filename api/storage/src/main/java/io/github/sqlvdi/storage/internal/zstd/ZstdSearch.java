package io.github.sqlvdi.storage.internal.zstd;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;

/** Looks for an implementation once. */
final class ZstdSearch {

    private static final String PREFERENCE = "io.github.sqlvdi.zstd";

    private ZstdSearch() {
    }

    /** The first use of the class searches. */
    private static final class Found {

        private static final ZstdLibrary LIBRARY = search();

        private Found() {
        }
    }

    static ZstdLibrary found() throws IOException {
        ZstdLibrary library = Found.LIBRARY;
        if (library == null) {
            throw new IOException(
                    "zstd is not available here: there is neither the system's libzstd.so.1 (Debian and Ubuntu: "
                            + "apt-get install libzstd1; Red Hat: dnf install libzstd) nor com.github.luben:zstd-jni on the class path");
        }
        return library;
    }

    private static ZstdLibrary search() {
        String wanted = System.getProperty(PREFERENCE, "");
        if (!wanted.equals("jni") && hasSystemLibrary()) {
            return new SystemZstd();
        }
        return !wanted.equals("system") && hasJni() ? new JniZstd() : null;
    }

    private static boolean hasSystemLibrary() {
        try (Arena arena = Arena.ofConfined()) {
            return SymbolLookup.libraryLookup("libzstd.so.1", arena).find("ZSTD_compressStream2").isPresent();
        } catch (IllegalArgumentException missing) {
            return false;
        }
    }

    private static boolean hasJni() {
        try {
            return JniZstd.isHere();
        } catch (LinkageError missing) { // the classes, or the library for this system in the jar
            return false;
        }
    }
}
