package io.github.sqlvdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"n", "with 'quotes' and \"more\"", "../up/and:down", "Sicherung-ÄÖÜ-备份-😀", " "})
    void everyOtherCharacterMayBeInAName(String name) {
        assertEquals(name, NameRules.require("name", name));
    }

    @Test
    void nameMayHave260CharactersAndNotOneMore() {
        assertEquals(260, NameRules.require("name", "x".repeat(260)).length());
        assertRefused("x".repeat(261), "name has 261 characters: expected 1 to 260");
    }

    @Test
    void nameThatCannotBeOneIsNamedWithItsReason() {
        assertRefused("", "name has 0 characters");
        assertRefused("a\\b", "name is \"a\\b\": expected no backslash");
        assertRefused("ab\0c", "name has a NUL character at index 2");
        assertEquals("name",
                assertThrows(NullPointerException.class, () -> NameRules.require("name", null)).getMessage());
    }

    private static void assertRefused(String name, String message) {
        String actual =
                assertThrows(IllegalArgumentException.class, () -> NameRules.require("name", name)).getMessage();
        assertTrue(actual.startsWith(message), actual);
    }
}
