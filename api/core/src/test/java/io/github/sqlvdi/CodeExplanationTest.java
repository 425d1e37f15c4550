package io.github.sqlvdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CodeExplanation.Kind;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeExplanationTest {

    /** The messages of the table in VDI reference 14.4, ranges written out. */
    private static final List<Integer> MESSAGES_OF_THE_REFERENCE = List.of(3009, 3011, 3012, 3013, 3014, 3021, 3041,
            3050, 3196, 3197, 3198, 3199, 3201, 3202, 3203, 3204, 3205, 3208, 3211, 3217, 3229, 3230, 3241, 3242, 3250,
            3253, 3254, 3261, 3265, 3271, 3272, 3276, 3277, 3284, 3285, 4035, 18204, 18210, 18264, 18265, 18266, 18267,
            18268, 18269, 18270, 18271, 18276, 18277);

    @ParameterizedTest
    @ValueSource(strings = {"0x80770004", "0X80770004", "-2139684860", "2155282436", "VD_E_ABORT", "vd_e_abort",
        "  VD_E_Abort "})
    void aResultIsFoundInEverySpelling(String query) {
        List<CodeExplanation> found = CodeExplanation.find(query);
        assertEquals(1, found.size());
        assertEquals(Kind.HRESULT, found.get(0).kind());
        assertEquals("VD_E_ABORT", found.get(0).name());
        assertEquals(0x80770004, (int) found.get(0).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"995", "0x3E3", "ERROR_OPERATION_ABORTED", "operation_aborted"})
    void aCompletionCodeIsFoundInEverySpelling(String query) {
        assertEquals(List.of(CodeExplanation.ofCompletionCode(995)), CodeExplanation.find(query));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3013", "msg 3013"})
    void aMessageIsFoundByItsNumber(String query) {
        assertEquals(List.of(CodeExplanation.ofSqlMessage(3013)), CodeExplanation.find(query));
    }

    @Test
    void anAmbiguousNumberGivesAllItsMeanings() {
        assertEquals(List.of("S_OK", "ERROR_SUCCESS"),
                CodeExplanation.find("0").stream().map(CodeExplanation::name).toList());
    }

    @Test
    void anUnknownPositiveNumberCanBeAWin32ErrorOrAMessage() {
        List<CodeExplanation> found = CodeExplanation.find("3456");
        assertEquals(List.of("Win32 error 3456", "Msg 3456"), found.stream().map(CodeExplanation::name).toList());
        assertTrue(found.get(1).cure().contains("message_id = 3456"), () -> found.get(1).cure());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no such name", "0x", "0x123456789", "4294967296", "-2147483649", "99999999999"})
    void whatIsNoNameAndNo32BitNumberHasNoExplanation(String query) {
        assertEquals(List.of(), CodeExplanation.find(query));
    }

    @Test
    void theMessagesAreThoseOfTheReference() {
        assertEquals(MESSAGES_OF_THE_REFERENCE, ExplanationTable.SQL_MESSAGES.keySet().stream().sorted().toList());
    }

    @Test
    void everyTextIsOneOrMoreSentences() {
        tables().flatMap(table -> table.values().stream()).forEach(it -> {
            for (String text : List.of(it.meaning(), it.usualCause(), it.cure())) {
                assertTrue(text.matches("\\S[\\S ]{6,}\\.") && !text.contains("  "), () -> it.name() + ": " + text);
            }
        });
    }

    @Test
    void everyCodeIsFoundByItsOwnNameAndNumber() {
        tables().flatMap(table -> table.values().stream()).forEach(it -> {
            assertEquals(List.of(it), CodeExplanation.find(it.name()));
            assertTrue(CodeExplanation.find(Long.toString(it.code())).contains(it), it::name);
            assertTrue(CodeExplanation.find("0x" + Integer.toHexString((int) it.code())).contains(it), it::name);
        });
    }

    @Test
    void formatNamesTheCodeByNameHexAndDecimalThenExplains() {
        String text = CodeExplanation.ofHresult(Hresults.VD_E_ABORT).format();
        assertTrue(text.startsWith("VD_E_ABORT, 0x80770004 (-2139684860), result of a call\n  Meaning:     "), text);
        assertTrue(text.contains("\n  Usual cause: ") && text.contains("\n  What to do:  "), text);
        assertTrue(CodeExplanation.ofCompletionCode(38).format()
                .startsWith("ERROR_HANDLE_EOF, 38 (0x26), completion code of a command\n"));
        assertTrue(CodeExplanation.ofSqlMessage(3013).format().startsWith("Msg 3013, message of SQL Server\n"));
    }

    @Test
    void formatKeepsEveryWordWithinAHundredColumns() {
        tables().flatMap(table -> table.values().stream()).forEach(it -> {
            String text = it.format();
            text.lines().forEach(line -> assertTrue(line.length() <= 100 && line.equals(line.stripTrailing()), line));
            assertFalse(text.endsWith("\n\n"), text);
            String words = text.replaceAll("\\s+", " ");
            for (String sentences : List.of(it.meaning(), it.usualCause(), it.cure())) {
                assertTrue(words.contains(sentences), words);
            }
        });
    }

    private static Stream<Map<Integer, CodeExplanation>> tables() {
        return Stream.of(ExplanationTable.HRESULTS, ExplanationTable.COMPLETION_CODES, ExplanationTable.SQL_MESSAGES);
    }
}
