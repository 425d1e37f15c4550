package io.github.sqlvdi.internal.com;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.sqlvdi.Hresults;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A failed result keeps the exception behind it, for the next exception that is made of that result on that thread. */
class FailureCauseTest {

    private final IOException cause = new IOException("no space left");

    @AfterEach
    void forget() {
        FailureCause.take(0);
    }

    @Test
    void exceptionOfTheResultHasTheCause() {
        assertEquals(Hresults.VD_E_MEMORY, FailureCause.of(Hresults.VD_E_MEMORY, cause));
        assertSame(cause, Results.failure("EndConfiguration", Hresults.VD_E_MEMORY).getCause());
    }

    @Test
    void abortHasTheCause() {
        FailureCause.of(Hresults.VD_E_ABORT, cause);
        assertSame(cause, Results.failure("GetCommand", Hresults.VD_E_ABORT).getCause());
    }

    @Test
    void causeIsTakenOnce() {
        FailureCause.of(Hresults.VD_E_MEMORY, cause);
        Results.failure("EndConfiguration", Hresults.VD_E_MEMORY);
        assertNull(Results.failure("EndConfiguration", Hresults.VD_E_MEMORY).getCause());
    }

    @Test
    void causeOfAnotherResultIsDropped() {
        FailureCause.of(Hresults.VD_E_MEMORY, cause);
        assertNull(Results.failure("Create", Hresults.VD_E_SECURITY).getCause());
        assertNull(Results.failure("EndConfiguration", Hresults.VD_E_MEMORY).getCause());
    }

    @Test
    void causeStaysOnItsThread() throws InterruptedException {
        Thread other = Thread.ofPlatform().start(() -> FailureCause.of(Hresults.VD_E_MEMORY, cause));
        other.join();
        assertNull(Results.failure("EndConfiguration", Hresults.VD_E_MEMORY).getCause());
    }
}
