package io.github.sqlvdi.internal.platform.windows;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.github.sqlvdi.internal.com.Signatures;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/** The functions of {@code ole32.dll} that starting with COM takes. Any thread. */
public final class Ole32 {

    private static final String LIBRARY = "ole32.dll";
    private static final int MULTITHREADED = 0;
    private static final int IN_PROCESS_SERVER = 1;
    private static final MethodHandle INITIALIZE =
            Signatures.downcall(FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CREATE =
            Signatures.downcall(FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS));

    private final MemorySegment coInitializeEx;
    private final MemorySegment coCreateInstance;

    /**
     * Finds the functions.
     *
     * @param symbols what the library exports
     * @throws UnsupportedOperationException if one is missing
     */
    public Ole32(SymbolLookup symbols) {
        coInitializeEx = require(symbols, "CoInitializeEx");
        coCreateInstance = require(symbols, "CoCreateInstance");
    }

    /**
     * The one of this Windows.
     *
     * @return its functions
     * @throws UnsupportedOperationException if this is no Windows
     */
    @SuppressWarnings("restricted")
    public static Ole32 ofSystem() {
        try {
            return new Ole32(SymbolLookup.libraryLookup(LIBRARY, Arena.global()));
        } catch (IllegalArgumentException e) {
            throw new UnsupportedOperationException(
                    String.format(Locale.ROOT, "%s cannot be loaded on %s: expected Windows", LIBRARY,
                            System.getProperty("os.name")),
                    e);
        }
    }

    private static MemorySegment require(SymbolLookup symbols, String name) {
        return symbols.find(name).orElseThrow(
                () -> new UnsupportedOperationException(
                        String.format(Locale.ROOT, "%s has no function %s", LIBRARY, name)));
    }

    /** {@code HRESULT CoInitializeEx(LPVOID pvReserved, DWORD dwCoInit)} with COINIT_MULTITHREADED. */
    int joinMultithreaded() {
        try {
            return (int) INITIALIZE.invokeExact(coInitializeEx, 0L, MULTITHREADED);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    /** {@code HRESULT CoCreateInstance(REFCLSID, LPUNKNOWN outer, DWORD context, REFIID, LPVOID *ppv)}, in this process. */
    int createInstance(long rclsid, long riid, long ppv) {
        try {
            return (int) CREATE.invokeExact(coCreateInstance, rclsid, 0L, IN_PROCESS_SERVER, riid, ppv);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }
}
