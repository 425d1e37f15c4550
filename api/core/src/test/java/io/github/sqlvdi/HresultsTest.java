package io.github.sqlvdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HresultsTest {

    @Test
    void everyConstantIsExplainedUnderItsOwnName() throws IllegalAccessException {
        Map<String, Integer> constants = IntConstants.of(Hresults.class);
        Map<String, Integer> explained = ExplanationTable.HRESULTS.values().stream()
                .collect(Collectors.toMap(CodeExplanation::name, it -> (int) it.code()));
        assertEquals(constants, explained);
    }

    @Test
    void vdiCodesAreConsecutiveInFacility77() {
        String[] names = {"VD_E_QUEUE_FULL", "VD_E_NOTOPEN", "VD_E_TIMEOUT", "VD_E_ABORT", "VD_E_SECURITY",
            "VD_E_INVALID", "VD_E_INSTANCE_NAME", "VD_E_IO_ERROR", "VD_E_NOTSUPPORTED", "VD_E_MEMORY",
            "VD_E_UNEXPECTED", "VD_E_PROTOCOL", "VD_E_OPEN", "VD_E_CLOSE", "VD_E_BUSY"};
        for (int n = 1; n <= names.length; n++) {
            assertEquals(names[n - 1], Hresults.name(-2139684864 + n));
        }
    }

    @Test
    void negativeResultsAreFailures() {
        assertTrue(Hresults.failed(Hresults.VD_E_ABORT));
        assertFalse(Hresults.failed(Hresults.S_OK));
        assertFalse(Hresults.failed(Hresults.S_FALSE));
    }

    @Test
    void describeGivesNameAndNumber() {
        assertEquals("VD_E_PROTOCOL (0x8077000C)", Hresults.describe(Hresults.VD_E_PROTOCOL));
        assertEquals("Win32 error 1450 (0x800705AA)", Hresults.describe(0x800705AA));
    }

    @Test
    void unknownCodesKeepTheirNumberAndTellTheirClass() {
        Map<Integer, String> wordOfClass = Map.of(
                0x80770063, "Virtual Device Interface",
                0x80070026, "ERROR_HANDLE_EOF",
                0x800401F3, "COM itself",
                0x80010105, "COM itself",
                0x80310001, "facility 49",
                0x00000002, "success");
        wordOfClass.forEach((code, words) -> {
            CodeExplanation it = CodeExplanation.ofHresult(code);
            assertEquals((long) code, it.code());
            assertTrue(it.meaning().contains(words), () -> it + " should say " + words);
        });
        assertEquals("0x80770063", Hresults.name(0x80770063));
        assertEquals("Win32 error 38", Hresults.name(0x80070026));
    }
}
