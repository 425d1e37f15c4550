package io.github.sqlvdi.internal.platform;

import io.github.sqlvdi.internal.settings.Settings;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Loads a native library for the life of the JVM, and explains a failure. */
public final class LibraryFile {

    private LibraryFile() {
    }

    /**
     * Loads a library. It is never unloaded, because its objects and threads may outlive every use by this project.
     *
     * @param path the file
     * @return its symbols
     * @throws UnsupportedOperationException if it cannot be loaded; the message contains the loader's
     */
    @SuppressWarnings("restricted")
    public static SymbolLookup load(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new UnsupportedOperationException(
                    String.format(Locale.ROOT,
                            "the library %s does not exist: install SQL Server, or name another file by the property "
                                    + "%s or the ",
                            path, Settings.LIBRARY)
                            + "environment variable " + Settings.LIBRARY_VARIABLE);
        }
        try {
            return SymbolLookup.libraryLookup(path.toAbsolutePath(), Arena.global());
        } catch (IllegalArgumentException e) {
            throw new UnsupportedOperationException(
                    String.format(Locale.ROOT, "the library %s cannot be loaded: %s. Expected a library for %s whose ",
                            path, reason(path), System.getProperty("os.arch"))
                            + "own libraries are installed and which this user may read",
                    e);
        }
    }

    /** The lookup drops the message of the loader; System.load fails for the same reason and reports it. */
    @SuppressWarnings("restricted")
    private static String reason(Path path) {
        try {
            System.load(path.toAbsolutePath().toString());
            return "the loader refused it once and then accepted it";
        } catch (UnsatisfiedLinkError e) {
            return e.getMessage();
        }
    }
}
