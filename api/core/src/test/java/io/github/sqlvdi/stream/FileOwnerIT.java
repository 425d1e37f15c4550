package io.github.sqlvdi.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.processes.Worker;
import io.github.sqlvdi.testing.QuickJvm;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whose a file is that replaces another one, and who may read it. */
@EnabledOnOs(OS.LINUX)
class FileOwnerIT {

    private static final int OWNER = 12_345;
    private static final int GROUP = 54_321;
    private static final int WRITER = 65_534;
    private static final byte[] NEW = {4, 5, 6};

    @TempDir
    Path folder;

    private Path target;

    @BeforeEach
    void giveAway() throws IOException {
        assumeTrue(Files.getAttribute(folder, "unix:uid").equals(0), "giving files to other users needs root");
        target = Files.write(folder.resolve("backup"), new byte[]{1});
        Files.setAttribute(target, "unix:uid", OWNER);
        Files.setAttribute(target, "unix:gid", GROUP);
    }

    private void assertOwnerAndMode(int owner, int group, String mode) throws IOException {
        assertEquals(owner, Files.getAttribute(target, "unix:uid"), "owner");
        assertEquals(group, Files.getAttribute(target, "unix:gid"), "group");
        assertEquals(mode, PosixFilePermissions.toString(Files.getPosixFilePermissions(target)), "mode");
    }

    private static void replace(Path file) throws IOException {
        try (TargetFile replacement = TargetFile.replace(file)) {
            replacement.begin();
            replacement.channel().write(ByteBuffer.wrap(NEW));
            replacement.keep();
        }
    }

    @Test
    void ownerGroupAndModeOfTheReplacedFileStay() throws IOException {
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r-----"));
        replace(target);
        assertArrayEquals(NEW, Files.readAllBytes(target));
        assertOwnerAndMode(OWNER, GROUP, "rw-r-----");
    }

    @Test
    void ownerStaysThroughALink() throws IOException {
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
        replace(Files.createSymbolicLink(folder.resolve("link"), target));
        assertArrayEquals(NEW, Files.readAllBytes(target));
        assertOwnerAndMode(OWNER, GROUP, "rw-------");
    }

    /** A user who may not give the file to its group does not let his own group read it instead. */
    @Test
    void groupThatCannotBeKeptTakesItsPermissionsAlong() throws Exception {
        Files.setAttribute(folder, "unix:uid", WRITER);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-rw--w-"));
        replaceAsWriter();
        assertArrayEquals(NEW, Files.readAllBytes(target));
        assertOwnerAndMode(WRITER, WRITER, "rw--w--w-");
    }

    @Test
    void groupOfTheWriterIsKeptAlsoIfItsOwnerCannotBe() throws Exception {
        Files.setAttribute(folder, "unix:uid", WRITER);
        Files.setAttribute(target, "unix:gid", WRITER);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-rw----"));
        replaceAsWriter();
        assertOwnerAndMode(WRITER, WRITER, "rw-rw----");
    }

    private void replaceAsWriter() throws Exception {
        List<String> command = new ArrayList<>(
                List.of("setpriv", "--reuid=" + WRITER, "--regid=" + WRITER, "--clear-groups"));
        for (String entry : Worker.classPath().split(File.pathSeparator)) {
            List<String> readable = new ArrayList<>(command);
            readable.addAll(List.of("test", "-r", entry));
            assumeTrue(canRun(readable), "there is no setpriv, or user " + WRITER + " cannot read " + entry);
        }
        command.addAll(QuickJvm.command());
        command.addAll(List.of("-cp", Worker.classPath(), Replacing.class.getName(), target.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertTrue(said.contains("owner of the replaced file cannot be kept"), said);
    }

    private static boolean canRun(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    /** Replaces the file that its argument names. */
    static final class Replacing {

        public static void main(String... arguments) throws IOException {
            replace(Path.of(arguments[0]));
        }
    }
}
