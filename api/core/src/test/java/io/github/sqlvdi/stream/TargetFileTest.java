package io.github.sqlvdi.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
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
        file.begin();
        file.channel().write(ByteBuffer.wrap(NEW));
    }

    @Test
    void keptFileReplacesTheOldOneAtTheEnd() throws IOException {
        Path target = Files.write(folder.resolve("a"), OLD);
        try (TargetFile file = TargetFile.replace(target)) {
            write(file);
            assertArrayEquals(OLD, Files.readAllBytes(target));
            file.keep();
        }
        assertArrayEquals(NEW, Files.readAllBytes(target));
        assertEquals(List.of(target), left());
    }

    @Test
    void undoneFileLeavesTheOldOne() throws IOException {
        Path target = Files.write(folder.resolve("a"), OLD);
        try (TargetFile file = TargetFile.replace(target)) {
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
        try (TargetFile file = TargetFile.replace(link)) {
            write(file);
            file.keep();
        }
        assertTrue(Files.isSymbolicLink(link));
        assertArrayEquals(NEW, Files.readAllBytes(real));
    }

    @Test
    void longNameWorks() throws IOException {
        Path target = folder.resolve("n".repeat(250));
        try (TargetFile file = TargetFile.create(target)) {
            file.begin();
            file.keep();
        }
        assertEquals(List.of(target), left());
    }

    @Test
    void folderAndMissingFolderAreRefused() {
        assertThrows(IOException.class, () -> TargetFile.create(folder).begin());
        assertThrows(NoSuchFileException.class, () -> TargetFile.create(folder.resolve("no/such/file")).begin());
    }

    @Test
    void contentThatCannotGetItsNameIsKeptAndTold() throws IOException {
        Path target = folder.resolve("a");
        try (TargetFile file = TargetFile.create(target)) {
            write(file);
            Files.createDirectory(target);
            Files.createFile(target.resolve("in the way"));
            IOException failure = assertThrows(IOException.class, file::keep);
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
            file.keep();
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
            media.keep();
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
    @EnabledOnOs(OS.LINUX)
    void fullMediaHoldNoDescriptors() throws IOException {
        try (MediaFiles media = MediaFiles.writing(folder.resolve("tape"), 100)) {
            media.load(1);
            media.load(2);
            long before = descriptors();
            for (int number = 3; number <= 100; number++) {
                media.load(number).orElseThrow().write(ByteBuffer.wrap(NEW));
            }
            assertEquals(before, descriptors());
            media.keep();
        }
        assertEquals(100, left().size());
        assertArrayEquals(NEW, Files.readAllBytes(folder.resolve("tape.99")));
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(TargetFileTest::isPart).count();
        }
    }

    private static boolean isPart(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("tape");
        } catch (IOException closed) {
            return false;
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

    @Test
    void existingFileIsReplacedOnlyWhenThatWasAskedFor() throws IOException {
        Path target = Files.write(folder.resolve("a"), OLD);
        try (TargetFile file = TargetFile.create(target)) {
            assertThrows(FileAlreadyExistsException.class, file::begin);
        }
        assertArrayEquals(OLD, Files.readAllBytes(target));
        assertEquals(List.of(target), left());
    }

    @Test
    void fileThatAppearsMeanwhileIsNotReplaced() throws IOException {
        Path target = folder.resolve("a");
        try (TargetFile file = TargetFile.create(target)) {
            write(file);
            Files.write(target, OLD);
            IOException failure = assertThrows(IOException.class, file::keep);
            assertTrue(failure.getMessage().contains("a.unconfirmed-"), failure.getMessage());
        }
        assertArrayEquals(OLD, Files.readAllBytes(target));
        assertEquals(2, left().size(), "the content is kept");
    }

    @Test
    void secondWriterOfTheSameFileIsRefusedAtOnce() throws IOException {
        Path target = folder.resolve("a");
        Path link = Files.createSymbolicLink(folder.resolve("here"), folder);
        assumeTrue(Files.isSymbolicLink(link), "this system says that it makes symbolic links, but makes none");
        try (TargetFile first = TargetFile.replace(target);
                TargetFile second = TargetFile.replace(link.resolve("a"))) {
            write(first);
            FileSystemException failure = assertThrows(FileSystemException.class, second::begin);
            assertTrue(failure.getMessage().contains("is being written"), failure.getMessage());
            second.undo();
            first.keep();
        }
        assertArrayEquals(NEW, Files.readAllBytes(target));
        try (TargetFile later = TargetFile.replace(target)) {
            write(later);
        }
    }

    @Test
    void danglingLinkIsFollowed() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
        assumeTrue(Files.isSymbolicLink(link), "this system says that it makes symbolic links, but makes none");
        try (TargetFile file = TargetFile.create(link)) {
            write(file);
            file.keep();
        }
        assertTrue(Files.isSymbolicLink(link));
        assertArrayEquals(NEW, Files.readAllBytes(folder.resolve("real")));
    }

    @Test
    void linkToAnExistingFileIsThatFile() throws IOException {
        Path real = Files.write(folder.resolve("real"), OLD);
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        assumeTrue(Files.isSymbolicLink(link), "this system says that it makes symbolic links, but makes none");
        try (TargetFile file = TargetFile.create(link)) {
            assertThrows(FileAlreadyExistsException.class, file::begin);
        }
        assertArrayEquals(OLD, Files.readAllBytes(real));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void permissionsOfTheReplacedFileStay() throws IOException {
        Path target = Files.write(folder.resolve("a"), OLD);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
        try (TargetFile file = TargetFile.replace(target)) {
            write(file);
            Path part = left().stream().filter(it -> !it.equals(target)).findFirst().orElseThrow();
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(part)));
            file.keep();
        }
        assertArrayEquals(NEW, Files.readAllBytes(target));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(target)));
    }

    @Test
    void nameOfManyBytesAndPairsOfUnitsWorks() throws IOException {
        for (String name : List.of("x".repeat(39) + "\uD83D\uDE00", "\uD83D\uDE00".repeat(60))) {
            Path target = folder.resolve(name);
            try (TargetFile file = TargetFile.create(target)) {
                write(file);
                file.keep();
            }
            assertArrayEquals(NEW, Files.readAllBytes(target));
        }
        assertEquals(2, left().size());
    }

    @Test
    void partOfAKilledWriterIsRemovedByALaterRun() throws IOException {
        Path dead = Files.write(folder.resolve(".gone.bak.sqlvdi-part"), OLD);
        Files.setLastModifiedTime(dead, FileTime.from(Instant.now().minusSeconds(3600)));
        Path finished = Files.write(folder.resolve("gone.bak.unconfirmed-01234567"), OLD);
        Files.setLastModifiedTime(finished, FileTime.from(Instant.now().minusSeconds(3600)));
        try (TargetFile living = TargetFile.create(folder.resolve("living"));
                TargetFile other = TargetFile.create(folder.resolve("other"))) {
            write(living);
            Path part = folder.resolve(".living.sqlvdi-part");
            Files.setLastModifiedTime(part, FileTime.from(Instant.now().minusSeconds(3600)));
            write(other);
            assertFalse(Files.exists(dead));
            assertTrue(Files.exists(part), "its writer lives");
            assertTrue(Files.exists(finished), "it may be the only copy of a good backup");
        }
        assertEquals(List.of(finished), left());
    }

    @Test
    void interruptWhileAFileIsReservedLeavesNothing() throws IOException {
        TargetFile file = TargetFile.create(folder.resolve("a"));
        try {
            Thread.currentThread().interrupt();
            assertThrows(ClosedChannelException.class, file::begin);
        } finally {
            assertTrue(Thread.interrupted(), "the interrupt is kept");
            file.close();
        }
        assertEquals(List.of(), left());
    }

    @Test
    void partOfAKilledWriterOfTheSameFileIsReplaced() throws IOException {
        Files.write(folder.resolve(".a.sqlvdi-part"), new byte[100_000]);
        try (TargetFile file = TargetFile.create(folder.resolve("a"))) {
            write(file);
            file.keep();
        }
        assertArrayEquals(NEW, Files.readAllBytes(folder.resolve("a")));
        assertEquals(List.of(folder.resolve("a")), left());
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void permissionsOfADeadPartAreNotTakenOver() throws IOException {
        Path part = Files.write(folder.resolve(".a.sqlvdi-part"), OLD);
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
        try (TargetFile file = TargetFile.create(folder.resolve("a"))) {
            write(file);
            file.keep();
        }
        assertEquals(Files.getPosixFilePermissions(Files.createFile(folder.resolve("b"))),
                Files.getPosixFilePermissions(folder.resolve("a")));
    }

    @Test
    void finishedContentIsCompleteBeforeItIsKept() throws IOException {
        try (TargetFile file = TargetFile.create(folder.resolve("a"))) {
            write(file);
            file.finish();
            Path unconfirmed = left().getFirst();
            assertTrue(unconfirmed.getFileName().toString().startsWith("a.unconfirmed-"), unconfirmed::toString);
            assertArrayEquals(NEW, Files.readAllBytes(unconfirmed));
        }
        assertEquals(List.of(), left());
    }

    @Test
    void sealIsThatOfTheBytes() throws IOException {
        try (TargetFile file = TargetFile.create(folder.resolve("a"))) {
            write(file);
            file.finish();
            assertEquals(Optional.of(FileSeal.read(left().getFirst())), file.seal());
        }
    }
}
