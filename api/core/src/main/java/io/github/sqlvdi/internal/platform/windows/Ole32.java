package io.github.sqlvdi.internal.platform.windows;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.sqlvdi.internal.memory.Native;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/** The functions of {@code ole32.dll} that are needed to use COM. Any thread. */
public final class Ole32 {

    private static final String LIBRARY = "ole32.dll";
    /** {@code APTTYPE_STA}: a thread with a single-threaded apartment of its own. */
    static final int SINGLE_THREADED = 0;
    /** {@code APTTYPE_MAINSTA}: the first such thread of the process. */
    static final int MAIN_SINGLE_THREADED = 3;

    private static final int IN_PROCESS_SERVER = 1;
    private static final MethodHandle KEEP = Native.downcall(FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle TYPE = Native.downcall(FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle CREATE =
            Native.downcall(FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS));

    private final MemorySegment coIncrementMtaUsage;
    private final MemorySegment coGetApartmentType;
    private final MemorySegment coCreateInstance;

    /**
     * Finds the functions.
     *
     * @param symbols the symbols that the library exports
     * @throws UnsupportedOperationException if one is missing
     */
    public Ole32(SymbolLookup symbols) {
        coIncrementMtaUsage = require(symbols, "CoIncrementMTAUsage");
        coGetApartmentType = require(symbols, "CoGetApartmentType");
        coCreateInstance = require(symbols, "CoCreateInstance");
    }

    /**
     * {@return the functions of this Windows}
     *
     * @throws UnsupportedOperationException if the operating system is not Windows
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

    /**
     * {@code HRESULT CoIncrementMTAUsage(CO_MTA_USAGE_COOKIE *pCookie)}; the cookie, which would end it, is dropped.
     */
    int keepMultithreadedApartment() {
        try (Arena arena = Arena.ofConfined()) {
            return (int) KEEP.invokeExact(coIncrementMtaUsage, arena.allocate(JAVA_LONG).address());
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /**
     * {@code HRESULT CoGetApartmentType(APTTYPE *pAptType, APTTYPEQUALIFIER *pAptQualifier)}.
     *
     * @return the calling thread's APTTYPE, 0 or more, or the failure, which is negative
     */
    int apartmentType() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_INT, 2);
            int hresult = (int) TYPE.invokeExact(coGetApartmentType, out.address(), out.address() + Integer.BYTES);
            return hresult < 0 ? hresult : out.get(JAVA_INT, 0);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /**
     * {@code HRESULT CoCreateInstance(REFCLSID, LPUNKNOWN outer, DWORD context, REFIID, LPVOID *ppv)}, in this process.
     */
    int createInstance(long rclsid, long riid, long ppv) {
        try {
            return (int) CREATE.invokeExact(coCreateInstance, rclsid, 0L, IN_PROCESS_SERVER, riid, ppv);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
