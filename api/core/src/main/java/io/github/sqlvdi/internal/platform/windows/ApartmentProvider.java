package io.github.sqlvdi.internal.platform.windows;

/** A native VDI on Windows, whose objects are called from COM's multithreaded apartment. */
public final class ApartmentProvider extends ClassesProvider {

    private final Apartment apartment;

    /**
     * Uses the given classes from inside an apartment.
     *
     * @param classes the source of the objects
     * @param apartment the apartment that the calling threads must be in
     */
    public ApartmentProvider(ComClasses classes, Apartment apartment) {
        super(classes);
        this.apartment = apartment;
    }

    @Override
    public void enter() {
        apartment.enter();
    }

    // Checks the thread first, so that a call from a thread with a single-threaded apartment fails here, before any
    // object exists.

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
