package io.github.sqlvdi.internal.platform.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.internal.com.IClientVirtualDeviceSet2;
import io.github.sqlvdi.internal.memory.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.ToIntFunction;

/**
 * A {@code ClientVirtualDeviceSet} object, made by its constructor in memory that this class allocates, and ended by
 * its destructor (VDI reference 13.2). Some calls do not reach the C++ class: an instance other than the default one
 * gives {@code VD_E_INSTANCE_NAME}, a NULL pointer for a result gives {@code VD_E_INVALID}, and a function that this
 * library lacks gives {@code E_NOTIMPL}.
 */
final class LinuxDeviceSet implements IClientVirtualDeviceSet2 {

    /** The published class has 8 bytes; the rest is room for a later version. */
    private static final long OBJECT_BYTES = 512;
    private static final long OBJECT_ALIGNMENT = 16;
    private static final System.Logger LOG = System.getLogger("io.github.sqlvdi");

    private final SqlVdiLibrary library;
    private final TimeoutProbe timeouts;
    private final Arena arena;
    private final long object;

    LinuxDeviceSet(SqlVdiLibrary library, TimeoutProbe timeouts) {
        this.library = library;
        this.timeouts = timeouts;
        // A library without the destructor gives no sign that it no longer uses the object. Then the memory is never
        // freed.
        this.arena = library.has(Symbol.SET_DESTRUCTOR) ? Arena.ofShared() : Arena.global();
        this.object = arena.allocate(OBJECT_BYTES, OBJECT_ALIGNMENT).address();
        library.ofObject(Symbol.SET_CONSTRUCTOR, object);
    }

    /** Destroys the object. No call may be in progress, and none may follow. */
    void destroy() {
        if (library.has(Symbol.SET_DESTRUCTOR)) {
            library.ofObject(Symbol.SET_DESTRUCTOR, object);
            arena.close();
        }
    }

    @Override
    public int create(long lpName, long pCfg) {
        if (pCfg == 0) {
            return Hresults.VD_E_INVALID;
        }
        return withName(lpName, name -> withTwo(Symbol.CREATE, name.address(), pCfg));
    }

    @Override
    public int createEx(long lpInstanceName, long lpName, long pCfg) {
        return NarrowNames.isDefaultInstance(lpInstanceName) ? create(lpName, pCfg) : Hresults.VD_E_INSTANCE_NAME;
    }

    @Override
    public int getConfiguration(int dwTimeOut, long pCfg) {
        if (pCfg == 0) {
            return Hresults.VD_E_INVALID;
        }
        return timeouts.call(library.function(Symbol.GET_CONFIGURATION), object, dwTimeOut, pCfg);
    }

    @Override
    public int openDevice(long lpName, long ppVirtualDevice) {
        if (ppVirtualDevice == 0) {
            return Hresults.VD_E_INVALID;
        }
        Memory.ALL.set(JAVA_LONG_UNALIGNED, ppVirtualDevice, 0L);
        return withName(lpName, name -> withTwo(Symbol.OPEN_DEVICE, name.address(), ppVirtualDevice));
    }

    @Override
    public int close() {
        return library.plain(Symbol.CLOSE, object);
    }

    @Override
    public int signalAbort() {
        return library.plain(Symbol.SIGNAL_ABORT, object);
    }

    @Override
    public int openInSecondary(long lpSetName) {
        if (lacks(Symbol.OPEN_IN_SECONDARY)) {
            return Hresults.E_NOTIMPL;
        }
        return withName(lpSetName, name -> library.withName(Symbol.OPEN_IN_SECONDARY, object, name.address()));
    }

    @Override
    public int openInSecondaryEx(long lpInstanceName, long lpSetName) {
        // An instance that does not exist has no set that could be joined.
        return NarrowNames.isDefaultInstance(lpInstanceName) ? openInSecondary(lpSetName) : Hresults.VD_E_PROTOCOL;
    }

    @Override
    public int getBufferHandle(long pBuffer, long pBufferHandle) {
        if (pBufferHandle == 0) {
            return Hresults.VD_E_INVALID;
        }
        return lacks(Symbol.GET_BUFFER_HANDLE)
                ? Hresults.E_NOTIMPL
                : withTwo(Symbol.GET_BUFFER_HANDLE, pBuffer, pBufferHandle);
    }

    @Override
    public int mapBufferHandle(int dwBuffer, long ppBuffer) {
        if (ppBuffer == 0) {
            return Hresults.VD_E_INVALID;
        }
        return lacks(Symbol.MAP_BUFFER_HANDLE)
                ? Hresults.E_NOTIMPL
                : library.mapBufferHandle(object, dwBuffer, ppBuffer);
    }

    private int withTwo(Symbol symbol, long first, long second) {
        return SqlVdiLibrary.withTwo(library.function(symbol), object, first, second);
    }

    private static int withName(long lpcwstr, ToIntFunction<MemorySegment> call) {
        try (Arena names = Arena.ofConfined()) {
            MemorySegment name = NarrowNames.name(names, lpcwstr);
            return name == null ? Hresults.VD_E_INVALID : call.applyAsInt(name);
        }
    }

    private boolean lacks(Symbol symbol) {
        boolean lacks = !library.has(symbol);
        if (lacks) {
            LOG.log(System.Logger.Level.WARNING, "this libsqlvdi.so has no {0}", symbol.names().getFirst());
        }
        return lacks;
    }
}
