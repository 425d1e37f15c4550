package io.github.sqlvdi.internal.engine.host.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderNameTest {

    private static final Path DIRECTORY = Path.of("/dev/shm/sets");

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "/", "../../etc/passwd", "\0", "ü", "\uD800", "con", "*?<>|\""})
    void noNameEscapesTheDirectory(String name) {
        Path folder = FolderName.of(DIRECTORY, "", name);
        assertEquals(DIRECTORY, folder.getParent());
        assertTrue(FolderName.isPublic(folder), folder.toString());
        Path hidden = FolderName.hidden(folder);
        assertEquals(DIRECTORY, hidden.getParent());
        assertTrue(FolderName.isHidden(hidden) && !FolderName.isPublic(hidden), hidden.toString());
    }

    @Test
    void differentNamesHaveDifferentFolders() {
        assertDiffer("", "name", "", "Name");
        assertDiffer("ab", "c", "a", "bc");
        assertDiffer("a\0", "c", "a", "\0c");
        assertDiffer("", "\uD800", "", "\uD801");
        assertDiffer("", "\uD800", "", "?");
        assertDiffer("A", "x", "B", "x");
    }

    private static void assertDiffer(String instance, String name, String otherInstance, String otherName) {
        assertNotEquals(FolderName.of(DIRECTORY, instance, name), FolderName.of(DIRECTORY, otherInstance, otherName));
    }

    @Test
    void hiddenNamesDoNotRepeatAndCanBeHiddenAgain() {
        Path folder = FolderName.of(DIRECTORY, "", "name");
        Path hidden = FolderName.hidden(folder);
        assertNotEquals(hidden, FolderName.hidden(folder));
        assertTrue(FolderName.isHidden(FolderName.hidden(hidden)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"record", "0123456789abcdef0123456789abcde", "0123456789ABCDEF0123456789ABCDEF",
        "0123456789abcdef0123456789abcdef.tmp"})
    void foreignEntriesAreNeitherPublicNorHidden(String name) {
        assertFalse(FolderName.isPublic(DIRECTORY.resolve(name)));
        assertFalse(FolderName.isHidden(DIRECTORY.resolve(name)));
    }
}
