package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A backup to files and its restore to other files give every byte back, whatever the size and the names. */
class BackupRestoreIT {

    private static final int TRANSFER = 64 << 10;

    @TempDir
    private Path folder;
    private Launcher sqlvdi;

    @BeforeEach
    void launcher() {
        sqlvdi = new Launcher(folder);
    }

    @ParameterizedTest
    @CsvSource({"0,pipe", "1,pipe", "65536,pipe", "65537,pipe", "0,tape", "1,tape", "65536,disk", "65537,disk"})
    void streamOfAnySizeComesBack(int size, String deviceClass) throws Exception {
        assertEquals(0, TRANSFER % 65_536);
        Path data = data("data", size);
        // No server sends an empty stream: a job that reads along would warn of it.
        Path backup = folder.resolve("backup");
        InProcess.run("backup", "--transfer-size", TRANSFER, "--class", deviceClass, "--no-read-along", "--from", data,
                backup).requireGood();
        if (deviceClass.equals("pipe")) {
            assertEquals(-1, Files.mismatch(data, backup), "a pipe's file is the stream itself");
        }
        InProcess.run("restore", "--transfer-size", TRANSFER, "--class", deviceClass, "--no-read-along", backup, "--to",
                folder.resolve("restored")).requireGood();
        assertEquals(-1, Files.mismatch(data, folder.resolve("restored")));
        assertFiles("backup", "backup.manifest", "data", "restored");
    }

    static Stream<String> names() {
        return Stream.concat(Stream.of("it's", "n".repeat(200), "Sicherung ü ñ 備份", "(1) [x], #1 !y! = 'z'"),
                OS.WINDOWS.isCurrentOs() ? Stream.of() : Stream.of("it's \"quoted\"", "a;b|c $HOME `x` *"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void namesOfSetsAndFilesAreTakenAsTheyAre(String name) throws Exception {
        Path data = data("data", 100_000);
        sqlvdi.run("backup", "--name=" + name, "--from", data, "--", name).requireGood();
        InProcess.run("restore", "--name=" + name, "--to", folder.resolve("restored"), "--", folder.resolve(name))
                .requireGood();
        assertEquals(-1, Files.mismatch(data, folder.resolve(name)));
        assertEquals(-1, Files.mismatch(data, folder.resolve("restored")));
    }

    @Test
    void fileNameThatLooksLikeAnOptionGoesBehindTwoDashes() throws Exception {
        sqlvdi.run("backup", "--generate", 1000, "--", "-d").requireGood();
        sqlvdi.run("restore", "--to", "restored", "--", "-d").requireGood();
        assertFiles("-d", "-d.manifest", "restored");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void fileNameWithBackslashWorks() throws Exception {
        sqlvdi.run("backup", "--generate", 1000, "a\\b").requireGood();
        assertFiles("a\\b", "a\\b.manifest");
    }

    @Test
    void setNameWithBackslashIsAMistake() throws Exception {
        InProcess.run("backup", "--generate", 1000, "--name", "a\\b", folder.resolve("other")).requireFailure(2, "a\\b",
                "backslash");
        assertFiles();
    }

    @Test
    void nameWithoutLocaleIsReadAsUtf8() throws Exception {
        sqlvdi.with(Map.of("LC_ALL", "C", "LANG", ""))
                .run("backup", "--generate", 1000, "ü").requireGood();
        assertFiles("ü", "ü.manifest");
    }

    @Test
    void oneNameStandsForManyDevices() throws Exception {
        Path backup = folder.resolve("b");
        InProcess.run("backup", "--generate", "3000001", "--devices", 3, backup).requireGood();
        assertFiles("b.1", "b.1.manifest", "b.2", "b.2.manifest", "b.3", "b.3.manifest");
        InProcess.run("restore", "--devices", 3, backup, "--to", folder.resolve("r1"), "--to", folder.resolve("r2"),
                "--to", folder.resolve("r3")).requireGood();
        for (int device = 1; device <= 3; device++) {
            assertEquals(-1, Files.mismatch(folder.resolve("b." + device), folder.resolve("r" + device)));
        }
        assertEquals(3_000_001, Files.size(folder.resolve("r1")) + Files.size(folder.resolve("r2"))
                + Files.size(folder.resolve("r3")));
    }

    @Test
    void generatedDataIsAlwaysTheSameAndDiffersBetweenDevices() throws Exception {
        sqlvdi.run("backup", "--generate", "2M", "a1", "a2").requireGood(); // in another JVM than the second backup
        InProcess.run("backup", "--generate", "2M", folder.resolve("b1"), folder.resolve("b2")).requireGood();
        assertEquals(-1, Files.mismatch(folder.resolve("a1"), folder.resolve("b1")));
        assertEquals(-1, Files.mismatch(folder.resolve("a2"), folder.resolve("b2")));
        assertTrue(Files.mismatch(folder.resolve("a1"), folder.resolve("a2")) >= 0);
    }

    @Test
    void restoreOfADiskCountsTheBytesOfItsHeaderOnce() throws Exception {
        Path backup = folder.resolve("d.bak");
        InProcess.run("backup", "-p", "none", "-c", "disk", "-g", "19968", backup).requireGood();
        String said = InProcess.run("restore", "-p", "none", "-c", "disk", "-o", folder.resolve("d"), backup)
                .requireGood().out();
        assertTrue(said.startsWith("Restore  19.5 KiB over 1 device"), said);
    }

    @Test
    void existingTargetIsKeptUnlessForced() throws Exception {
        Path old = Files.writeString(folder.resolve("old"), "precious");
        InProcess.run("backup", "--generate", 1000, old).requireFailure(1, "old: exists already", "--force");
        assertEquals("precious", Files.readString(folder.resolve("old")));
        InProcess.run("backup", "--force", "--generate", 1000, old).requireGood();
        assertEquals(1000, Files.size(folder.resolve("old")));
        assertFiles("old", "old.manifest");
    }

    @Test
    void backupOfAnotherClassIsRefusedAndLeavesNothing() throws Exception {
        Path pipe = folder.resolve("pipe");
        Path restored = folder.resolve("restored");
        InProcess.run("backup", "--generate", 100_000, pipe).requireGood();
        InProcess.run("restore", "--class", "tape", pipe, "--to", restored)
                .requireFailure(1, "pipe was written by a pipe-like device, but the restore has a tape-like one");
        assertFiles("pipe", "pipe.manifest");
        Files.delete(folder.resolve("pipe.manifest"));
        InProcess.run("restore", "--class", "tape", pipe, "--to", restored)
                .requireFailure(1, "pipe: ", "was not written by a tape device", "Msg 3013");
        assertFiles("pipe");
    }

    @Test
    void progressIsLinesOnStandardOutputWhenThereIsNoTerminal() throws Exception {
        // A rate, so that the fastest machine too needs a second.
        String out = sqlvdi.run("backup", "--generate", "32M", "--rate", "32M", "--progress", "plain", "big")
                .requireGood().out();
        assertTrue(
                out.lines().anyMatch(
                        line -> line.matches("Backup +.* of 32\\.0 MiB \\([0-9]+ %\\), .*/s.*, [0-9]+ s left")),
                out);
        String sink = OS.WINDOWS.isCurrentOs() ? "sink" : "/dev/null";
        InProcess.run("backup", "--generate", "16M", folder.resolve("small")).requireGood();
        String quiet = InProcess.run("restore", "--progress", "none", folder.resolve("small"), "--force", "--to",
                folder.resolve(sink)).requireGood().out();
        assertEquals(1, quiet.lines().count(), quiet);
        String bar = sqlvdi.run("restore", "--progress", "bar", "small", "--force", "--to", sink).err();
        assertTrue(bar.contains("16/16 MiB"), bar);
        assertFalse(Files.exists(folder.resolve("restored")));
    }

    private Path data(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(folder.resolve(name), bytes);
    }

    private void assertFiles(String... expected) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(expected), files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }
}
