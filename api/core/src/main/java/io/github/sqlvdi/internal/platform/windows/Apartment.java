package io.github.sqlvdi.internal.platform.windows;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.internal.com.Results;
import java.util.Locale;

/**
 * COM's multithreaded apartment, from which objects of VDI are called (VDI reference 16.2). It is kept alive for the
 * life of the process ({@code CoIncrementMTAUsage}, Windows 8), and a thread that never initialised COM is in it
 * implicitly: this library binds no thread of the application to an apartment. A thread that has a single-threaded
 * apartment of its own is refused, because an object of one apartment must not be called from another.
 */
public final class Apartment {

    private final Ole32 ole32;
    /** The result of CoIncrementMTAUsage; a failure is reported to each thread that enters. */
    private final int kept;
    private final ThreadLocal<Boolean> checked = new ThreadLocal<>();

    /**
     * Keeps the multithreaded apartment alive from now on.
     *
     * @param ole32 the functions of COM
     */
    public Apartment(Ole32 ole32) {
        this.ole32 = ole32;
        this.kept = ole32.keepMultithreadedApartment();
    }

    /**
     * Checks that the calling thread is in the apartment. The answer for a platform thread is kept: COM is asked once,
     * and later calls allocate nothing. A virtual thread is checked each time, because it may have changed its carrier.
     */
    void enter() {
        if (checked.get() == null) {
            check();
            if (!Thread.currentThread().isVirtual()) {
                checked.set(Boolean.TRUE);
            }
        }
    }

    /** Checks as {@link #enter()} does, but always asks COM. */
    void check() {
        Results.check("CoIncrementMTAUsage", kept);
        String operation =
                String.format(Locale.ROOT, "CoGetApartmentType on thread \"%s\"", Thread.currentThread().getName());
        int type = ole32.apartmentType();
        Results.check(operation, Math.min(type, 0));
        if (type == Ole32.SINGLE_THREADED || type == Ole32.MAIN_SINGLE_THREADED) {
            throw new VdiException(operation + " gave a single-threaded apartment; the call",
                    Hresults.RPC_E_CHANGED_MODE);
        }
    }
}
