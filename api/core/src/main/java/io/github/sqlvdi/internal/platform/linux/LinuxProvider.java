package io.github.sqlvdi.internal.platform.linux;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.internal.com.IClientVirtualDevice;
import io.github.sqlvdi.internal.com.IClientVirtualDeviceSet2;
import io.github.sqlvdi.internal.com.IServerVirtualDevice;
import io.github.sqlvdi.internal.com.IServerVirtualDeviceSet2;
import io.github.sqlvdi.internal.provider.Provider;
import io.github.sqlvdi.internal.settings.Settings;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.List;

/** SQL Server's VDI on Linux, through the C++ classes of {@code libsqlvdi.so} (VDI reference 13). */
public final class LinuxProvider implements Provider {

    /** Where the package mssql-server puts the library. */
    public static final Path DEFAULT_LIBRARY = Path.of("/opt/mssql/lib/libsqlvdi.so");

    private final Path path;
    private final SqlVdiLibrary library;
    private final TimeoutUnit unit = TimeoutUnit.configured();
    private final TimeoutProbe timeouts = new TimeoutProbe(unit);

    /**
     * Finds the functions in a loaded library.
     *
     * @param path the file, for messages
     * @param symbols the symbols that it exports
     * @throws UnsupportedOperationException if functions are missing that every backup and restore needs
     * @throws IllegalArgumentException if the property {@value Settings#TIMEOUT_UNIT} has a wrong value
     */
    public LinuxProvider(Path path, SymbolLookup symbols) {
        this.path = path;
        this.library = SqlVdiLibrary.of(path, symbols);
    }

    @Override
    public String name() {
        return "native: " + path;
    }

    /** {@return the mangled names of the functions that the library lacks; empty when it is complete} */
    public List<String> missingFunctions() {
        return library.missing().stream().map(symbol -> symbol.names().getFirst()).toList();
    }

    /** {@return the unit of time-outs that the property named when the library was opened} */
    public TimeoutUnit timeoutUnit() {
        return unit;
    }

    @Override
    public IClientVirtualDeviceSet2 newClientSet() {
        return new LinuxDeviceSet(library, timeouts);
    }

    @Override
    public IClientVirtualDevice device(long pointer) {
        return new LinuxDevice(library, timeouts, pointer);
    }

    @Override
    public IServerVirtualDeviceSet2 newServerSet() {
        throw noServer();
    }

    @Override
    public IServerVirtualDevice serverDevice(long pointer) {
        throw noServer();
    }

    private static VdiException noServer() {
        return new VdiException("making a server device set (libsqlvdi.so has the client half only)",
                Hresults.E_NOTIMPL);
    }

    @Override
    public void release(IClientVirtualDeviceSet2 set) {
        ((LinuxDeviceSet) set).destroy();
    }

    @Override
    public void release(IClientVirtualDevice device) {
        // The library frees its devices with their set.
    }

    @Override
    public void release(IServerVirtualDeviceSet2 set) {
        throw noServer();
    }

    @Override
    public void release(IServerVirtualDevice device) {
        throw noServer();
    }
}
