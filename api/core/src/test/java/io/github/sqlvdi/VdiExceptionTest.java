package io.github.sqlvdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class VdiExceptionTest {

    @Test
    void messageHasOperationNameNumberMeaningCauseAndCure() {
        VdiException failure = new VdiException("OpenDevice \"full-2\"", Hresults.VD_E_INVALID);
        CodeExplanation it = failure.explanation();
        assertEquals("OpenDevice \"full-2\" failed: VD_E_INVALID (0x80770006): " + it.meaning() + " Usual cause: "
                + it.usualCause() + " What to do: " + it.cure(), failure.getMessage());
        assertEquals("OpenDevice \"full-2\"", failure.operation());
        assertEquals(Hresults.VD_E_INVALID, failure.hresult());
        assertEquals("VD_E_INVALID", failure.codeName());
    }

    @Test
    void percentSignsInTheOperationAreKept() {
        assertTrue(new VdiException("OpenDevice \"50%s\"", Hresults.VD_E_INVALID).getMessage().contains("\"50%s\""));
    }

    @Test
    void numberIsInAsciiDigitsInEveryLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertTrue(new VdiException("Close", Hresults.VD_E_OPEN).getMessage().contains("(0x8077000D)"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void causeIsKeptAndToldInPlaceOfTheUsualOne() {
        IllegalStateException cause = new IllegalStateException("why");
        VdiException failure = new VdiException("Create", Hresults.VD_E_SECURITY, cause);
        CodeExplanation it = failure.explanation();
        assertSame(cause, failure.getCause());
        assertEquals(
                "Create failed: VD_E_SECURITY (0x80770005): " + it.meaning() + " Cause: why. What to do: " + it.cure(),
                failure.getMessage());
    }

    @Test
    void whatTheSystemSaidIsToldAloneHoweverDeepItLies() {
        Exception cause = new RuntimeException("area 0 cannot be mapped", new IOException("EMFILE"));
        assertEquals("Create failed: VD_E_UNEXPECTED (0x8077000B): area 0 cannot be mapped.",
                new VdiException("Create", Hresults.VD_E_UNEXPECTED, cause).getMessage());
        assertEquals("Create failed: VD_E_UNEXPECTED (0x8077000B): java.io.IOException.",
                new VdiException("Create", Hresults.VD_E_UNEXPECTED, new IOException()).getMessage());
    }
}
