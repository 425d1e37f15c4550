package io.github.sqlvdi.internal.platform.windows;

import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.bindings.Guids;
import io.github.sqlvdi.internal.platform.ComProvider;

/** A native VDI whose objects are COM objects and may be called from any thread as it is. */
public sealed class ClassesProvider extends ComProvider permits ApartmentProvider {

    private final ComClasses classes;

    /**
     * Uses some classes.
     *
     * @param classes where the objects come from
     */
    public ClassesProvider(ComClasses classes) {
        this.classes = classes;
    }

    @Override
    public final String name() {
        return "native: " + classes.description();
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
