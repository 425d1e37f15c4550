package io.github.sqlvdi.internal.engine.host.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class OpenFileTest {

    @TempDir
    private Path directory;

    @Test
    void lockSurvivesTheClosingOfOtherOpenings() throws IOException {
        Path path = Files.createFile(directory.resolve("file"));
        try (OpenFile holder = OpenFile.open(path, LinuxCalls.O_RDWR)) {
            assertTrue(holder.tryLock());
            for (int i = 0; i < 3; i++) {
                try (OpenFile other = OpenFile.open(path, LinuxCalls.O_RDWR)) {
                    assertTrue(other.isLockedElsewhere());
                    assertFalse(other.tryLock());
                }
            }
        }
        try (OpenFile other = OpenFile.open(path, LinuxCalls.O_RDWR)) {
            assertFalse(other.isLockedElsewhere());
        }
    }

    @Test
    void thoseWhoAskDoNotSeeEachOther() throws IOException {
        Path path = Files.createFile(directory.resolve("file"));
        try (OpenFile one = OpenFile.open(path, LinuxCalls.O_RDWR);
                OpenFile two = OpenFile.open(path, LinuxCalls.O_RDWR)) {
            assertFalse(one.isLockedElsewhere());
            assertFalse(two.isLockedElsewhere());
        }
    }

    @Test
    void pathLeadsToTheFolderAfterItWasRenamed() throws IOException {
        Path before = Files.createDirectory(directory.resolve("before"));
        Path after = directory.resolve("after");
        try (OpenFile folder = OpenFile.openFolder(before)) {
            assertTrue(folder.isAt(before));
            Files.move(before, after);
            Files.createDirectory(before);
            Files.createFile(folder.path().resolve("file"));
            assertFalse(folder.isAt(before));
            assertTrue(folder.isAt(after));
        }
        assertTrue(Files.exists(after.resolve("file")));
    }

    @Test
    void folderThatIsGoneIsNowhere() throws IOException {
        Path path = Files.createDirectory(directory.resolve("folder"));
        try (OpenFile folder = OpenFile.openFolder(path)) {
            Files.delete(path);
            assertFalse(folder.isAt(path));
        }
    }

    @Test
    void symbolicLinkIsRefused() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        IOException e = assertThrows(IOException.class, () -> OpenFile.open(link, LinuxCalls.O_RDONLY));
        assertTrue(e.getMessage().contains("ELOOP (40)"), e.getMessage());
    }

    @Test
    void errorsNameTheCallAndTheCode() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        IOException e = assertThrows(IOException.class, () -> OpenFile.openFolder(file));
        assertEquals("open of " + file + " failed: ENOTDIR (20): not a directory", e.getMessage());
        assertThrows(NoSuchFileException.class, () -> OpenFile.openFolder(directory.resolve("missing")));
    }

    @Test
    void codesWithoutANameAreShownByNumber() {
        assertEquals("call failed: errno 9999", Errno.failed("call", -9999).getMessage());
    }
}
