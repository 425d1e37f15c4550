package io.github.sqlvdi.internal.com;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where every exception in an upcall ends: one that left the upcall would end the JVM, so nothing leaves this either.
 * Made before the stubs are, not on the first failure, when memory or stack may be too short to initialise anything.
 */
final class UpcallFailures {
    private final Logger log = System.getLogger("io.github.sqlvdi.com");
    private final AtomicInteger unlogged = new AtomicInteger();

    /** Logs an error that has no caller to go to. Never throws. */
    void log(String method, Throwable thrown) {
        try {
            int earlier = unlogged.getAndSet(0);
            String more = earlier == 0 ? "" : "; " + earlier + " failures before it could not be logged";
            log.log(Level.ERROR, method + " threw" + more, thrown);
        } catch (Throwable fromLogging) {
            // Not even addSuppressed: it throws when both are one object, as the JVM's own OutOfMemoryError can be.
            unlogged.incrementAndGet();
        }
    }
}
