package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

/** Which words of a command line stand for the arguments that Java passed on. */
class WindowsArgumentsTest {

    private static final String[] WORDS = {"java", "-jar", "sqlvdi.jar", "backup", "備份 ā😀.bak"};

    @Test
    void lastWordsThatDifferInLettersOnlyAreTaken() {
        assertArrayEquals(new String[]{"backup", "備份 ā😀.bak"}, WindowsArguments.tail(WORDS, "backup", "?? a??.bak"));
        assertArrayEquals(new String[]{"備份 ā😀.bak"}, WindowsArguments.tail(WORDS, "?? a??.bak"));
    }

    @Test
    void otherWordsAreNot() {
        for (String[] arguments : new String[][]{{"restore", "?? a??.bak"}, {"?? a??.ba"}, {"?? a??.bat"},
            {"a", "b", "c", "d", "e", "f"}}) {
            assertSame(arguments, WindowsArguments.tail(WORDS, arguments));
        }
    }
}
