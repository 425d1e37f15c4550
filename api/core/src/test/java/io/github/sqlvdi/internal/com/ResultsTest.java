package io.github.sqlvdi.internal.com;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiException;
import org.junit.jupiter.api.Test;

/** Results of calls become exceptions. */
class ResultsTest {

    @Test
    void abortIsAnExceptionOfItsOwn() {
        VdiException abort = assertThrows(VdiAbortedException.class,
                () -> Results.check("GetCommand", Hresults.VD_E_ABORT));
        assertEquals(Hresults.VD_E_ABORT, abort.hresult());
    }

    @Test
    void successesPassTheCheck() {
        assertDoesNotThrow(() -> Results.check("GetConfiguration", Hresults.S_OK));
        assertDoesNotThrow(() -> Results.check("IsSharedBuffer", Hresults.S_FALSE));
    }

    @Test
    void unknownCodesArePreserved() {
        VdiException failure = assertThrows(VdiException.class, () -> Results.check("CreateEx", 0x80070020));
        assertEquals(VdiException.class, failure.getClass());
        assertEquals(0x80070020, failure.hresult());
        assertTrue(failure.getMessage().contains("Win32 error 32 (0x80070020)"), failure::getMessage);
    }
}
