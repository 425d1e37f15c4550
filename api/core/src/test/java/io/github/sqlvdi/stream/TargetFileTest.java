package io.github.sqlvdi.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files and media that appear under their names only when they are complete. */
class TargetFileTest {

    private static final byte[] OLD = {1, 2, 3};
    private static final byte[] NEW = {4, 5, 6, 7};

    @TempDir
    Path folder;

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void write(TargetFile file) throws IOException {
        file.channel().write(ByteBuffer.wrap(NEW));
    }

    @Test
    void committedFileReplacesTheOldOneAtTheEnd() throws IOException {
        Path target = Files.write(folder.resolve("a"), OLD);
        try (TargetFile file = TargetFile.create(target)) {
            write(file);
            assertArrayEquals(OLD, Files.readAllBytes(target));
            file.commit();
        }
        assertArrayEquals(NEW, Files.readAllBytes(target));
        assertEquals(List.of(target), left());
    }

    @Test
    void discardedFileLeavesTheOldOne() throws IOException {
        Path target = Files.write(folder.resolve("a"), OLD);
        try (TargetFile file = TargetFile.create(target)) {
            write(file);
        }
        assertArrayEquals(OLD, Files.readAllBytes(target));
        assertEquals(List.of(target), left());
    }

    @Test
    void fileOfASymbolicLinkIsReplacedNotTheLink() throws IOException {
        Path real = Files.write(folder.resolve("real"), OLD);
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        assumeTrue(Files.isSymbolicLink(link), "this system says that it makes symbolic links, but makes none");
        try (TargetFile file = TargetFile.create(link)) {
            write(file);
            file.commit();
        }
        assertTrue(Files.isSymbolicLink(link));
        assertArrayEquals(NEW, Files.readAllBytes(real));
    }

    @Test
    void longNameWorks() throws IOException {
        Path target = folder.resolve("n".repeat(250));
        try (TargetFile file = TargetFile.create(target)) {
            file.commit();
        }
        assertEquals(List.of(target), left());
    }

    @Test
    void folderAndMissingFolderAreRefused() {
        assertThrows(IOException.class, () -> TargetFile.create(folder));
        assertThrows(NoSuchFileException.class, () -> TargetFile.create(folder.resolve("no/such/file")));
    }

    @Test
    void contentOfAFailedCommitIsKeptAndTold() throws IOException {
        Path target = folder.resolve("a");
        try (TargetFile file = TargetFile.create(target)) {
            write(file);
            Files.createDirectory(target);
            Files.createFile(target.resolve("in the way"));
            IOException failure = assertThrows(IOException.class, file::commit);
            Path kept = left().stream().filter(Files::isRegularFile).findFirst().orElseThrow();
            assertTrue(failure.getMessage().contains(kept.toString()), failure.getMessage());
            assertArrayEquals(NEW, Files.readAllBytes(kept));
        }
        assertEquals(2, left().size());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void deviceFileIsWrittenDirectly() throws IOException {
        try (TargetFile file = TargetFile.create(Path.of("/dev/null"))) {
            write(file);
            assertFalse(file.channel() instanceof FileChannel, "it cannot be forced");
            file.commit();
        }
        assertFalse(Files.isRegularFile(Path.of("/dev/null")));
    }

    @Test
    void mediaAreNumberedAndAppearTogether() throws IOException {
        Path first = folder.resolve("tape");
        try (MediaFiles media = MediaFiles.writing(first, 2)) {
            for (int number = 1; number <= 2; number++) {
                media.load(number).orElseThrow().write(ByteBuffer.wrap(NEW));
            }
            assertEquals(Optional.empty(), media.load(3));
            assertTrue(left().stream().noneMatch(first::equals));
            media.commit();
        }
        assertEquals(List.of(first, folder.resolve("tape.2")), left());
        try (MediaFiles media = MediaFiles.reading(first)) {
            for (int number = 1; number <= 2; number++) {
                try (FileChannel channel = media.load(number).orElseThrow()) {
                    assertEquals(NEW.length, channel.size());
                }
            }
            assertEquals(Optional.empty(), media.load(3));
        }
    }

    @Test
    void discardedMediaLeaveNothing() throws IOException {
        try (MediaFiles media = MediaFiles.writing(folder.resolve("tape"), 5)) {
            media.load(1);
            media.load(2);
        }
        assertEquals(List.of(), left());
    }

    @Test
    void missingFirstMediumIsAnError() throws IOException {
        try (MediaFiles media = MediaFiles.reading(folder.resolve("nothing"))) {
            assertThrows(NoSuchFileException.class, () -> media.load(1));
        }
    }
}
