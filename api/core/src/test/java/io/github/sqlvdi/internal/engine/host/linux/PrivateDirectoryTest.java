package io.github.sqlvdi.internal.engine.host.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.internal.engine.host.UnsafeDirectoryException;
import io.github.sqlvdi.internal.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class PrivateDirectoryTest {

    private static final int NOBODY = 65_534;

    @TempDir
    private Path parent;
    private Path directory;
    private String before;

    @BeforeEach
    void name() {
        directory = parent.resolve("sets");
        before = System.getProperty(Settings.DIRECTORY, "");
        System.setProperty(Settings.DIRECTORY, directory.toString());
    }

    @AfterEach
    void restore() {
        System.setProperty(Settings.DIRECTORY, before);
    }

    @Test
    void missingDirectoryIsMadePrivate() throws IOException {
        assertEquals(parent.toRealPath().resolve("sets"), PrivateDirectory.require());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
    }

    @Test
    void ownPrivateDirectoryIsTakenAgain() throws IOException {
        assertEquals(PrivateDirectory.require(), PrivateDirectory.require());
    }

    @Test
    void directoryWithoutThePropertyIsThisUsers() throws IOException {
        System.clearProperty(Settings.DIRECTORY);
        assertTrue(PrivateDirectory.require().getFileName().toString().startsWith("sqlvdi"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwxr-xr-x", "rwx--x---", "rwx-----x", "r-x------"})
    void otherModesAreRefused(String mode) throws IOException {
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
        assertRefused("expected 0700: run chmod 700");
    }

    @Test
    void symbolicLinkIsRefused() throws IOException {
        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        Files.createSymbolicLink(directory, elsewhere);
        assertRefused("is a symbolic link");
    }

    @Test
    void linkThatLeadsNowhereIsRefusedAndNotFollowed() throws IOException {
        Files.createSymbolicLink(directory, parent.resolve("nowhere"));
        assertRefused("is a symbolic link");
        assertFalse(Files.exists(parent.resolve("nowhere")));
    }

    @Test
    void fileIsRefused() throws IOException {
        Files.createFile(directory);
        assertRefused("is a file");
    }

    @Test
    void directoryOfAnotherUserIsRefused() throws IOException {
        assumeTrue(LinuxCalls.geteuid() == 0, "giving a directory away needs root");
        Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rwx------")));
        Files.setAttribute(directory, "unix:uid", NOBODY);
        assertRefused("belongs to user " + NOBODY);
    }

    @Test
    void parentInWhichOthersMayExchangeItIsRefused() throws IOException {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertRefused("the sticky bit");
        assertFalse(Files.exists(directory));
    }

    @Test
    void missingParentIsNamed() {
        System.setProperty(Settings.DIRECTORY, parent.resolve("missing/sets").toString());
        IOException e = assertThrows(IOException.class, PrivateDirectory::require);
        assertTrue(e.getMessage().contains(Settings.DIRECTORY), e.getMessage());
    }

    @Test
    void rootOfTheFileSystemIsRefused() {
        System.setProperty(Settings.DIRECTORY, "/");
        assertRefused("is the root of the file system");
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "file", "fifo", "other user"})
    void squattedPlaceIsPassedOver(String kind) throws Exception {
        Path second = parent.resolve("second");
        squat(directory, kind);
        assertEquals(parent.toRealPath().resolve("second"), PrivateDirectory.requireFirst(List.of(directory, second)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(second)));
    }

    @Test
    void whenEveryPlaceIsSquattedTheFirstIsNamed() throws Exception {
        Path second = parent.resolve("second");
        squat(directory, "link");
        squat(second, "file");
        UnsafeDirectoryException e = assertThrows(UnsafeDirectoryException.class,
                () -> PrivateDirectory.requireFirst(List.of(directory, second)));
        assertTrue(e.getMessage().contains(directory.getFileName() + " is a symbolic link"), e.getMessage());
    }

    @Test
    void ownPlaceWithAnotherModeIsRefusedNotPassedOver() throws IOException {
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        UnsafeDirectoryException e = assertThrows(UnsafeDirectoryException.class,
                () -> PrivateDirectory.requireFirst(List.of(directory, parent.resolve("second"))));
        assertTrue(e.getMessage().contains("chmod 700"), e.getMessage());
    }

    private static void squat(Path place, String kind) throws Exception {
        switch (kind) {
            case "link" -> Files.createSymbolicLink(place, Path.of("/var"));
            case "file" -> Files.createFile(place);
            case "fifo" -> assertEquals(0, new ProcessBuilder("mkfifo", place.toString()).start().waitFor());
            default -> {
                assumeTrue(LinuxCalls.geteuid() == 0, "giving a directory away needs root");
                Files.createDirectory(place);
                Files.setAttribute(place, "unix:uid", NOBODY);
            }
        }
    }

    private static void assertRefused(String finding) {
        UnsafeDirectoryException e = assertThrows(UnsafeDirectoryException.class, PrivateDirectory::require);
        assertTrue(e.getMessage().contains(finding), e.getMessage());
        assertTrue(e.getMessage().contains(Settings.DIRECTORY), e.getMessage());
    }
}
