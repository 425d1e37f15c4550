package io.github.sqlvdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CompletionCodesTest {

    private static final Set<Integer> NEVER_FAILURES = Set.of(0, 38, 1100, 1101, 1102, 1104);

    @Test
    void everyConstantIsExplainedUnderItsWin32Name() throws IllegalAccessException {
        Map<String, Integer> constants = IntConstants.of(CompletionCodes.class).entrySet().stream()
                .collect(Collectors.toMap(it -> "ERROR_" + it.getKey(), Map.Entry::getValue));
        Map<String, Integer> explained = ExplanationTable.COMPLETION_CODES.values().stream()
                .collect(Collectors.toMap(CodeExplanation::name, it -> (int) it.code()));
        assertEquals(constants, explained);
    }

    @Test
    void successAndMarksAndEndsAreNoFailures() {
        for (CommandCode command : CommandCode.values()) {
            for (int code = -1; code <= 2000; code++) {
                boolean expected = !NEVER_FAILURES.contains(code) && (code != 50 || command.transfersData());
                assertEquals(expected, CompletionCodes.isFailure(command, code), command + " completed with " + code);
            }
        }
    }

    @Test
    void notSupportedFailsOnlyReadAndWrite() {
        assertTrue(CompletionCodes.isFailure(CommandCode.READ, CompletionCodes.NOT_SUPPORTED));
        assertTrue(CompletionCodes.isFailure(CommandCode.WRITE, CompletionCodes.NOT_SUPPORTED));
        assertFalse(CompletionCodes.isFailure(CommandCode.GET_ERROR, CompletionCodes.NOT_SUPPORTED));
        assertFalse(CompletionCodes.isFailure(CommandCode.UNKNOWN, CompletionCodes.NOT_SUPPORTED));
    }

    @Test
    void endOfFileAndNoDataAreTheEndOfData() throws IllegalAccessException {
        for (int code : IntConstants.of(CompletionCodes.class).values()) {
            assertEquals(code == 38 || code == 1104, CompletionCodes.isEndOfData(code), () -> "code " + code);
        }
    }

    @Test
    void anyOtherNumberKeepsItsNumberInItsName() {
        assertEquals("Win32 error 1234", CompletionCodes.name(1234));
    }

    @Test
    void resultOfAMethodUsedAsCompletionCodeIsRecognised() {
        CodeExplanation it = CodeExplanation.ofCompletionCode(Hresults.VD_E_ABORT);
        assertEquals("VD_E_ABORT", it.name());
        assertTrue(it.meaning().contains("0x80770004"), it::meaning);
    }
}
