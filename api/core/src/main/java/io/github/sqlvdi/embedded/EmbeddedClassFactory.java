package io.github.sqlvdi.embedded;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.internal.com.IClassFactory;
import io.github.sqlvdi.internal.com.UnknownCalls;
import io.github.sqlvdi.internal.memory.Memory;
import java.util.function.LongSupplier;

/**
 * Makes the objects of one class of the embedded VDI.
 *
 * @param constructor makes an object and returns a pointer to it; the caller owns one reference
 */
record EmbeddedClassFactory(LongSupplier constructor) implements IClassFactory {
    private static final System.Logger LOG = System.getLogger("io.github.sqlvdi.com");

    @Override
    public int createInstance(long pUnkOuter, long riid, long ppvObject) {
        if (ppvObject == 0) {
            return Hresults.E_POINTER;
        }
        Memory.ALL.set(JAVA_LONG_UNALIGNED, ppvObject, 0L);
        if (pUnkOuter != 0) {
            return Hresults.CLASS_E_NOAGGREGATION;
        }
        int hresult = give(constructor.getAsLong(), riid, ppvObject);
        if (Hresults.failed(hresult)) {
            LOG.log(System.Logger.Level.WARNING, "IClassFactory::CreateInstance: {0}", Hresults.describe(hresult));
        }
        return hresult;
    }

    /**
     * Queries an interface of a new object for the caller, who gets a reference of its own. Then releases the reference
     * from the construction, which also frees the object if it lacks the interface.
     */
    static int give(long object, long riid, long ppv) {
        UnknownCalls calls = new UnknownCalls(object);
        try {
            return calls.queryInterface(riid, ppv);
        } finally {
            calls.release();
        }
    }

    /** A JVM cannot be unloaded, so there is nothing to lock. */
    @Override
    public int lockServer(int fLock) {
        return Hresults.S_OK;
    }
}
