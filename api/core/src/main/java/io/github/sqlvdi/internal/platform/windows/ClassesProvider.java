package io.github.sqlvdi.internal.platform.windows;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.bindings.Guids;
import io.github.sqlvdi.internal.provider.ComProvider;
import java.util.concurrent.CompletableFuture;

/** A native VDI whose objects are COM objects. Any thread may call them. */
public sealed class ClassesProvider extends ComProvider permits ApartmentProvider {

    private final ComClasses classes;

    /**
     * Uses the given classes.
     *
     * @param classes the source of the objects
     */
    public ClassesProvider(ComClasses classes) {
        this.classes = classes;
    }

    @Override
    public final String name() {
        return "native: " + classes.description();
    }

    /**
     * Finds out whether the client's class gives an object, by making one on a thread of its own: the calling thread
     * may have a single-threaded apartment.
     *
     * @return the failure, or {@link Hresults#S_OK}
     */
    public int probe() {
        return CompletableFuture.supplyAsync(this::makeOne,
                task -> Thread.ofPlatform().name("sqlvdi-com-probe").daemon().start(task)).join();
    }

    private int makeOne() {
        try {
            release(newClientSet());
            return Hresults.S_OK;
        } catch (VdiException e) {
            return e.hresult();
        }
    }

    @Override
    protected long createClientSet() throws VdiException {
        return classes.create(Guids.CLSID_MSSQL_ClientVirtualDeviceSet, Guids.IID_IClientVirtualDeviceSet2);
    }

    @Override
    protected long createServerSet() throws VdiException {
        return classes.create(Guids.CLSID_MSSQL_ServerVirtualDeviceSet, Guids.IID_IServerVirtualDeviceSet2);
    }
}
