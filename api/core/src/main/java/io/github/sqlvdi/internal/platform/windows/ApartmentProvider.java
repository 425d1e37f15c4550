package io.github.sqlvdi.internal.platform.windows;

import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.internal.com.IClientVirtualDevice;
import io.github.sqlvdi.internal.com.IClientVirtualDeviceSet2;
import io.github.sqlvdi.internal.com.IServerVirtualDevice;
import io.github.sqlvdi.internal.com.IServerVirtualDeviceSet2;
import java.util.Locale;

/** A native VDI on Windows: every thread that calls is brought into COM's multithreaded apartment first. */
public final class ApartmentProvider extends ClassesProvider {

    private final Apartment apartment;

    /**
     * Uses some classes from inside an apartment.
     *
     * @param classes where the objects come from
     * @param apartment where the calling threads have to be
     */
    public ApartmentProvider(ComClasses classes, Apartment apartment) {
        super(classes);
        this.apartment = apartment;
    }

    /** A thread that may create may use as well; one that may not is told before anything exists. */
    private void enter() {
        VdiException.check(
                String.format(Locale.ROOT, "CoInitializeEx on thread \"%s\"", Thread.currentThread().getName()),
                apartment.join());
    }

    @Override
    public IClientVirtualDeviceSet2 newClientSet() {
        enter();
        return new ApartmentClientSet(apartment, createClientSet());
    }

    @Override
    public IClientVirtualDevice device(long pointer) {
        return new ApartmentClientDevice(apartment, pointer);
    }

    @Override
    public IServerVirtualDeviceSet2 newServerSet() {
        enter();
        return new ApartmentServerSet(apartment, createServerSet());
    }

    @Override
    public IServerVirtualDevice serverDevice(long pointer) {
        return new ApartmentServerDevice(apartment, pointer);
    }
}
