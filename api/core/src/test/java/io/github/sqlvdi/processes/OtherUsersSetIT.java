package io.github.sqlvdi.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.embedded.EmbeddedSet;
import io.github.sqlvdi.server.EmbeddedPair;
import io.github.sqlvdi.server.ServerCommand;
import io.github.sqlvdi.testing.Patience;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Another user's process gets nowhere near a set through the public API, and the set does not notice it. */
@EnabledOnOs(OS.LINUX)
class OtherUsersSetIT {
    private static final String DIRECTORY = "io.github.sqlvdi.directory";
    private static final int STRANGER = 65_534;
    private static final List<String> AS_STRANGER =
            List.of("setpriv", "--reuid=" + STRANGER, "--regid=" + STRANGER, "--clear-groups");
    private static final Duration BOUND = Patience.LONG;

    @TempDir(factory = SharedMemoryDirectory.class)
    Path folder;

    private EmbeddedPair pair;
    private Worker stranger;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        assumeTrue(Files.getAttribute(folder, "unix:uid").equals(0), "becoming another user needs root");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "there is no setpriv (util-linux)");
        for (String entry : Worker.classPath().split(File.pathSeparator)) {
            assumeTrue(asStranger("test", "-r", entry) == 0, "user " + STRANGER + " cannot read " + entry);
        }
        // The way to our private directory is open to all; only the directory itself is not.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        System.setProperty(DIRECTORY, folder.resolve("sets").toString());
        pair = new EmbeddedPair(1, Features.WRITE_MEDIA, 1);
    }

    private static int asStranger(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(AS_STRANGER);
        all.addAll(List.of(command));
        return new ProcessBuilder(all).inheritIO().start().waitFor();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (stranger != null) {
            stranger.kill();
        }
        if (pair != null) {
            pair.close();
        }
        System.clearProperty(DIRECTORY);
    }

    private void meet(Path directory) throws IOException, InterruptedException {
        System.setProperty(DIRECTORY, directory.toString()); // a Worker passes it on
        stranger = Worker.start(AS_STRANGER, Stranger.class);
        System.setProperty(DIRECTORY, folder.resolve("sets").toString());
        stranger.expect("ready");
    }

    private String answerTo(String attempt) throws IOException, InterruptedException {
        stranger.tell(attempt);
        return stranger.expect("");
    }

    @Test
    void inOurDirectoryEverythingIsRefusedByName() throws Exception {
        EmbeddedSet before = EmbeddedSet.list().getFirst();
        String name = pair.client.name();
        meet(folder.resolve("sets"));
        String listed = answerTo("list");
        assertTrue(listed.startsWith("refused the directory for device sets is not safe: ")
                && listed.contains("belongs to user 0; expected user " + STRANGER), listed);
        assertEquals("refused VD_E_SECURITY", answerTo("join " + name));
        assertEquals("refused VD_E_SECURITY", answerTo("serve " + name));
        assertEquals("refused VD_E_SECURITY", answerTo("join some-other-name"));
        assertEquals("refused VD_E_SECURITY", answerTo("create " + name));
        assertEquals(List.of(before), EmbeddedSet.list());
        finish();
    }

    @Test
    void inADirectoryOfItsOwnThereIsNoSetOfOurs() throws Exception {
        EmbeddedSet before = EmbeddedSet.list().getFirst();
        String name = pair.client.name();
        Path own = Files.createDirectory(folder.resolve("own"));
        Files.setAttribute(own, "unix:uid", STRANGER);
        meet(own.resolve("sets"));
        assertEquals("listed []", answerTo("list"));
        assertEquals("refused VD_E_PROTOCOL", answerTo("join " + name));
        assertEquals("refused VD_E_INVALID", answerTo("serve " + name));
        String created = answerTo("create " + name); // the same name is another set to another user
        assertTrue(created.startsWith("done "), created);
        assertTrue(answerTo("list").contains(name));
        assertEquals(List.of(before), EmbeddedSet.list());
        finish();
    }

    /** The set works as if nobody had tried anything. */
    private void finish() throws InterruptedException {
        CountDownLatch completed = new CountDownLatch(1);
        MemorySegment buffer = pair.server.allocateBuffer(EmbeddedPair.TRANSFER, 0);
        new Pattern(0, EmbeddedPair.TRANSFER).fill(buffer);
        pair.serverDevices.getFirst().send(new ServerCommand(command -> completed.countDown())
                .set(CommandCode.WRITE, EmbeddedPair.TRANSFER, 0, buffer));
        VirtualDevice device = pair.clientDevices.getFirst();
        assertEquals(CommandResult.COMMAND, device.getCommand(BOUND));
        assertTrue(new Pattern(0, EmbeddedPair.TRANSFER).matches(device.command().data()));
        device.command().complete();
        assertTrue(completed.await(BOUND.toSeconds(), TimeUnit.SECONDS));
        pair.serverDevices.getFirst().close();
        assertEquals(CommandResult.CLOSED, device.getCommand(BOUND));
    }
}
