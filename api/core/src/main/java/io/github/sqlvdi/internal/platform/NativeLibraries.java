package io.github.sqlvdi.internal.platform;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.internal.platform.linux.LinuxProvider;
import io.github.sqlvdi.internal.platform.windows.Apartment;
import io.github.sqlvdi.internal.platform.windows.ApartmentProvider;
import io.github.sqlvdi.internal.platform.windows.ClassesProvider;
import io.github.sqlvdi.internal.platform.windows.LibraryClasses;
import io.github.sqlvdi.internal.platform.windows.Ole32;
import io.github.sqlvdi.internal.platform.windows.RegisteredClasses;
import io.github.sqlvdi.internal.provider.Provider;
import io.github.sqlvdi.internal.settings.Settings;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds and opens the native VDI of this machine: the library that the property {@value Settings#LIBRARY} or the
 * environment variable {@value Settings#LIBRARY_VARIABLE} names, else the classes registered with Windows, else the
 * installed {@code libsqlvdi.so} of Linux. The exports of a library decide how it is used: as COM classes, or as the
 * C++ classes of SQL Server on Linux. Any thread.
 */
public final class NativeLibraries {

    /** The providers by file. Libraries are never unloaded, so a provider is valid for the life of the JVM. */
    private static final Map<Path, Provider> OPENED = new ConcurrentHashMap<>();

    private NativeLibraries() {
    }

    /** The classes registered with Windows. Initialised at the first use, because ole32 exists on Windows only. */
    private static final class Registered {
        static final Ole32 OLE32 = Ole32.ofSystem();
        static final Apartment APARTMENT = new Apartment(OLE32);
        static final ApartmentProvider PROVIDER = new ApartmentProvider(new RegisteredClasses(OLE32), APARTMENT);
    }

    /** {@return the library file that the property or the environment variable names; empty if neither does} */
    public static Optional<Named> named() {
        return named(System.getProperty(Settings.LIBRARY), System.getenv(Settings.LIBRARY_VARIABLE));
    }

    static Optional<Named> named(String property, String variable) {
        if (property != null && !property.isBlank()) {
            return Optional.of(new Named(Path.of(property.strip()), "property " + Settings.LIBRARY));
        }
        if (variable != null && !variable.isBlank()) {
            return Optional
                    .of(new Named(Path.of(variable.strip()), "environment variable " + Settings.LIBRARY_VARIABLE));
        }
        return Optional.empty();
    }

    /**
     * A library file that a setting names.
     *
     * @param path the file, existing or not
     * @param source the setting that named it, for messages
     */
    public record Named(Path path, String source) {
    }

    /**
     * Looks for a native VDI, named or installed. A library that is found may still be unusable.
     *
     * @return where it was found, for messages; empty if there is none
     */
    public static Optional<String> presence() {
        Optional<Named> named = named();
        if (named.isPresent()) {
            return Optional.of(named.get().source() + " names " + named.get().path());
        }
        if (isWindows()) {
            // Every other failure comes from a class that is registered.
            return Registered.PROVIDER.probe() == Hresults.REGDB_E_CLASSNOTREG
                    ? Optional.empty()
                    : Optional.of("the VDI classes of SQL Server are registered");
        }
        return Files.exists(LinuxProvider.DEFAULT_LIBRARY)
                ? Optional.of(LinuxProvider.DEFAULT_LIBRARY + " is installed")
                : Optional.empty();
    }

    /**
     * Opens the native VDI.
     *
     * @return its provider
     * @throws UnsupportedOperationException if there is none, it cannot be loaded, or it is no VDI; the message says
     *     which
     */
    public static Provider open() {
        Optional<Named> named = named();
        if (named.isPresent()) {
            return open(named.get().path());
        }
        return isWindows() ? Registered.PROVIDER : open(LinuxProvider.DEFAULT_LIBRARY);
    }

    /**
     * Opens a library file.
     *
     * @param path the file
     * @return its provider, the same one for the same file
     * @throws UnsupportedOperationException as for {@link #open()}
     */
    public static Provider open(Path path) {
        return OPENED.computeIfAbsent(path.toAbsolutePath().normalize(), NativeLibraries::load);
    }

    private static Provider load(Path path) {
        SymbolLookup symbols = LibraryFile.load(path);
        Optional<LibraryClasses> classes = LibraryClasses.of(path, symbols);
        if (classes.isEmpty()) {
            return new LinuxProvider(path, symbols);
        }
        return isWindows()
                ? new ApartmentProvider(classes.get(), Registered.APARTMENT)
                : new ClassesProvider(classes.get());
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }
}
