package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the operating system refused reaches the user in its words, with what to do, and without a stack trace. */
@EnabledOnOs(OS.LINUX)
class CausesIT {

    private static final int USER = 65_534;
    private static final String NOT_PERMITTED = "this process is not permitted to look into /proc/";

    @TempDir
    Path folder;

    private Launcher sqlvdi() {
        return new Launcher(folder);
    }

    private Launcher.Result run(List<String> prefix, Object... arguments) throws IOException, InterruptedException {
        return sqlvdi().start(prefix, arguments).await();
    }

    /** Each limit ends another step: the set, the server's place in it, its watch, a buffer area, the file. */
    @Test
    void tooManyOpenFilesIsNamedWhereverItHappens() throws Exception {
        List<Launcher.Result> failures = new ArrayList<>();
        for (int limit = 14; limit <= 24; limit += 2) {
            Path file = folder.resolve("backup" + limit);
            Launcher.Result result = run(List.of("sh", "-c", "ulimit -n " + limit + "; exec \"$0\" \"$@\""), "backup",
                    "--progress", "none", "--generate", "1M", file);
            if (result.exitCode() == 0) {
                assertEquals(1 << 20, Files.size(file));
            } else {
                assertTrue(result.err().toLowerCase(Locale.ROOT).contains("too many open files"), result.toString());
                assertFalse(result.err().contains("should not happen"), result.err());
                assertFalse(Files.exists(file), "a failed backup left its file");
                result.requireFailure(1);
                failures.add(result);
            }
        }
        assertFalse(failures.isEmpty(), "no limit was too low");
    }

    private void assumeNamespaces() throws InterruptedException {
        assumeTrue(Launcher.execute("unshare", "-m", "mount", "-t", "tmpfs", "none", "/dev/shm"),
                "this process may not make mount namespaces (unshare -m fails)");
    }

    private Launcher.Result withSharedMemory(String mounting, Object... arguments) throws Exception {
        assumeNamespaces();
        return run(List.of("unshare", "-m", "sh", "-c", mounting + " && exec \"$0\" \"$@\""), arguments);
    }

    @Test
    void fullSharedMemoryIsNamed() throws Exception {
        Launcher.Result result =
                withSharedMemory("mount -t tmpfs -o size=4k,nr_inodes=2 none /dev/shm && : > /dev/shm/f",
                        "backup", "--progress", "none", "--generate", "1M", "backup");
        result.requireFailure(1, "/dev/shm/sqlvdi-", "No space left on device. Make room");
        assertEquals(result.err().indexOf("Make room"), result.err().lastIndexOf("Make room"), result.err());
        assertFalse(Files.exists(folder.resolve("backup")));
    }

    @Test
    void sharedMemoryWithoutRoomForARecordIsNamed() throws Exception {
        withSharedMemory("mount -t tmpfs -o size=4k none /dev/shm && head -c 4096 /dev/zero > /dev/shm/f",
                "backup", "--progress", "none", "--generate", "1M", "backup")
                .requireFailure(1, "the record of the device set", "No space left on device. Make room");
    }

    @Test
    void readOnlyDirectoryOfSetsIsNamed() throws Exception {
        Path sets = Files.createDirectory(folder.resolve("sets"), PosixFilePermissions
                .asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        assumeNamespaces();
        Launcher launcher = sqlvdi().with(Map.of("SQLVDI_JAVA_OPTS", "-Dio.github.sqlvdi.directory=" + sets));
        launcher.start(List.of("unshare", "-m", "sh", "-c", "mount -t tmpfs -o ro,mode=700 none " + sets
                + " && exec \"$0\" \"$@\""), "backup", "--progress", "none", "--generate", "1M", "backup").await()
                .requireFailure(1, sets.toString(), "Read-only file system");
    }

    /** A file system that is read-only only for /dev/shm is no failure: another place is taken. */
    @Test
    void readOnlySharedMemoryIsPassedOver() throws Exception {
        withSharedMemory("mount -t tmpfs -o ro none /dev/shm", "backup", "--progress", "none", "--generate", "1M",
                "backup").requireGood();
    }

    @Test
    void clientWithOtherCapabilitiesIsNotToldAsMissing() throws Exception {
        Launcher launcher = asUser();
        String name = TestData.setName();
        Path data = Files.write(folder.resolve("data"), TestData.bytes(100_000, 1));
        Launcher.Running client = launcher.start(user(true), "backup", "--external-server", "--progress", "none",
                "--name", name, "--wait", "20", "backup");
        try {
            Launcher.Result server = launcher.start(user(false), "emulator", "backup", "--name", name, data).await();
            server.requireFailure(1, "VD_E_SECURITY", NOT_PERMITTED, "start both processes in the same way");
            assertFalse(server.err().contains("No client created"), server.err());
            Launcher.Result sets = launcher.start(user(false), "sets").await();
            assertTrue(sets.err().contains(
                    "The device set " + name + " lives, but cannot be reached: " + NOT_PERMITTED), sets.toString());
        } finally {
            client.process().destroy();
        }
        client.await();
    }

    @Test
    void serverWithOtherCapabilitiesIsNotToldAsAnAbortOfTheServer() throws Exception {
        Launcher launcher = asUser();
        String name = TestData.setName();
        Path data = Files.write(folder.resolve("data"), TestData.bytes(100_000, 1));
        Launcher.Running client = launcher.start(user(false), "backup", "--external-server", "--progress", "none",
                "--name", name, "backup");
        Launcher.Result server = launcher.start(user(true), "emulator", "backup", "--name", name, data).await();
        assertEquals(1, server.exitCode(), server.toString());
        Launcher.Result said = client.await().requireFailure(1, NOT_PERMITTED);
        assertFalse(said.err().contains("The server aborted"), said.err());
        assertFalse(Files.exists(folder.resolve("backup")));
    }

    /** The launcher for processes of another user than root, whose capabilities would permit everything. */
    private Launcher asUser() throws Exception {
        assumeTrue(Files.getAttribute(folder, "unix:uid").equals(0), "becoming another user needs root");
        Path jar = Launcher.repository().resolve("samples").resolve("target").resolve("sqlvdi.jar");
        List<String> command = new ArrayList<>(user(true));
        command.addAll(List.of("test", "-r", jar.toString()));
        assumeTrue(Launcher.execute(command.toArray(String[]::new)),
                "there is no setpriv (util-linux) that gives capabilities, or user " + USER + " cannot read " + jar);
        Files.setAttribute(folder, "unix:uid", USER);
        Path sets = Files.createDirectory(folder.resolve("sets"), PosixFilePermissions
                .asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setAttribute(sets, "unix:uid", USER);
        return sqlvdi().with(Map.of("SQLVDI_JAVA_OPTS", "-Dio.github.sqlvdi.directory=" + sets));
    }

    private static List<String> user(boolean capable) {
        List<String> command = new ArrayList<>(
                List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
        if (capable) {
            command.addAll(List.of("--inh-caps=+net_bind_service", "--ambient-caps=+net_bind_service"));
        }
        return command;
    }
}
