package io.github.sqlvdi.internal.platform.windows;

/** A native VDI on Windows, whose objects are called from COM's multithreaded apartment. */
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

    @Override
    public void enter() {
        apartment.enter();
    }

    // A thread that may create an object may use it: one that may not fails here, before any object exists.

    @Override
    protected long createClientSet() {
        apartment.check();
        return super.createClientSet();
    }

    @Override
    protected long createServerSet() {
        apartment.check();
        return super.createServerSet();
    }
}
