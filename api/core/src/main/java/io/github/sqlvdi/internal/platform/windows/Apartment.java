package io.github.sqlvdi.internal.platform.windows;

import io.github.sqlvdi.Hresults;

/**
 * COM's multithreaded apartment, which every calling thread joins with its first call (VDI reference 16.2). A thread that
 * is a member already (S_FALSE) stays one; a thread that has a single-threaded apartment of its own gets
 * {@code RPC_E_CHANGED_MODE} for each call, because an object of the one must not be called from the other.
 *
 * <p>There is no counterpart: COM ends the membership with the thread, and leaving earlier could unload the library under
 * objects that still live. A virtual thread joins with each call, since the next one may be on another carrier.
 */
public final class Apartment {

    private final Ole32 ole32;
    private final ThreadLocal<Boolean> member = new ThreadLocal<>();

    /**
     * The apartment of a COM.
     *
     * @param ole32 its functions
     */
    public Apartment(Ole32 ole32) {
        this.ole32 = ole32;
    }

    /** Makes the calling thread a member; allocates nothing once it is one. Gives a failure or S_OK. */
    int join() {
        if (member.get() != null) {
            return Hresults.S_OK;
        }
        int hresult = ole32.joinMultithreaded();
        if (Hresults.failed(hresult)) {
            return hresult;
        }
        if (!Thread.currentThread().isVirtual()) {
            member.set(Boolean.TRUE);
        }
        return Hresults.S_OK;
    }
}
