package io.github.sqlvdi;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class VdiExceptionTest {

    @Test
    void messageHasOperationNameNumberMeaningCauseAndCure() {
        VdiException failure = VdiException.of("OpenDevice \"full-2\"", Hresults.VD_E_INVALID);
        CodeExplanation it = failure.explanation();
        assertEquals("OpenDevice \"full-2\" failed: VD_E_INVALID (0x80770006): " + it.meaning() + " Usual cause: "
                + it.usualCause() + " What to do: " + it.cure(), failure.getMessage());
        assertEquals("OpenDevice \"full-2\"", failure.operation());
        assertEquals(Hresults.VD_E_INVALID, failure.hresult());
        assertEquals("VD_E_INVALID", failure.codeName());
    }

    @Test
    void percentSignsInTheOperationAreKept() {
        assertTrue(VdiException.of("OpenDevice \"50%s\"", Hresults.VD_E_INVALID).getMessage().contains("\"50%s\""));
    }

    @Test
    void numberIsInAsciiDigitsInEveryLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertTrue(VdiException.of("Close", Hresults.VD_E_OPEN).getMessage().contains("(0x8077000D)"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void abortIsAnExceptionOfItsOwn() {
        VdiException abort = assertThrows(VdiAbortedException.class,
                () -> VdiException.check("GetCommand", Hresults.VD_E_ABORT));
        assertEquals(Hresults.VD_E_ABORT, abort.hresult());
    }

    @Test
    void successesPassTheCheck() {
        assertDoesNotThrow(() -> VdiException.check("GetConfiguration", Hresults.S_OK));
        assertDoesNotThrow(() -> VdiException.check("IsSharedBuffer", Hresults.S_FALSE));
    }

    @Test
    void unknownCodesArePreserved() {
        VdiException failure = assertThrows(VdiException.class, () -> VdiException.check("CreateEx", 0x80070020));
        assertEquals(VdiException.class, failure.getClass());
        assertEquals(0x80070020, failure.hresult());
        assertTrue(failure.getMessage().contains("Win32 error 32 (0x80070020)"), failure::getMessage);
    }

    @Test
    void causeIsKept() {
        IllegalStateException cause = new IllegalStateException("why");
        assertSame(cause, new VdiException("Create", Hresults.VD_E_SECURITY, cause).getCause());
    }
}
