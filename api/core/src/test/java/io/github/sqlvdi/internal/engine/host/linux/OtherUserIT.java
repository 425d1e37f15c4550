package io.github.sqlvdi.internal.engine.host.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.internal.engine.Hosts;
import io.github.sqlvdi.internal.engine.host.Events;
import io.github.sqlvdi.internal.engine.host.Host;
import io.github.sqlvdi.internal.engine.host.HostChild;
import io.github.sqlvdi.internal.engine.host.Keys;
import io.github.sqlvdi.internal.engine.host.NothingRemains;
import io.github.sqlvdi.internal.engine.host.Presence;
import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.SetNames;
import io.github.sqlvdi.internal.engine.host.SharedRegion;
import io.github.sqlvdi.internal.engine.host.members.Hello;
import io.github.sqlvdi.processes.Worker;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a process of another user can do to a set: nothing. Needs root to become another user. */
@EnabledOnOs(OS.LINUX)
class OtherUserIT {

    private static final List<String> AS_NOBODY = List.of("setpriv", "--reuid=65534", "--regid=65534",
            "--clear-groups");

    @RegisterExtension
    final NothingRemains clean = new NothingRemains();

    private final Host host = Hosts.current();
    private final SetNames names = host.names();
    private final Events events = new Events();
    private SharedRegion region;
    private Presence primary;
    private Worker nobody;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        assumeTrue(LinuxCalls.geteuid() == 0, "becoming another user needs root");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "there is no setpriv (util-linux)");
        for (String entry : Worker.classPath().split(File.pathSeparator)) {
            assumeTrue(asNobody("test", "-r", entry) == 0, "user 65534 cannot read " + entry);
        }
        region = host.createRegion(Keys.SET, HostChild.REGION_BYTES);
        primary = names.publish("", "name", region.key(), events);
        nobody = Worker.start(AS_NOBODY, HostChild.class);
        nobody.expect("ready");
    }

    private static int asNobody(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(AS_NOBODY);
        all.addAll(List.of(command));
        return new ProcessBuilder(all).inheritIO().start().waitFor();
    }

    @AfterEach
    void end() throws InterruptedException {
        if (nobody != null) {
            nobody.kill();
        }
        if (primary != null) {
            primary.close();
            region.close();
        }
        assertEquals(0, events.more());
    }

    private String refused(String task) throws IOException, InterruptedException {
        nobody.tell(task);
        return nobody.expect("failed");
    }

    @Test
    void cannotListTheSets() throws Exception {
        open(clean.directory().getParent(), "rwxr-xr-x");
        assertTrue(refused("read " + clean.directory()).contains("AccessDenied"));
        assertTrue(refused("list").contains("UnsafeDirectoryException"));
    }

    @Test
    void cannotFindOrJoinASetWhoseNameItKnows() throws Exception {
        open(clean.directory().getParent(), "rwxr-xr-x");
        assertTrue(refused("find name").contains("UnsafeDirectoryException"));
        assertTrue(refused("join name 1").contains("UnsafeDirectoryException"));
        assertTrue(refused("read " + FolderName.of(PrivateDirectory.require(), "", "name")).contains("AccessDenied"));
    }

    @Test
    void cannotTakeTheNameInTheDirectoryOfAnother() throws Exception {
        open(clean.directory().getParent(), "rwxr-xr-x");
        assertTrue(refused("publish name").contains("UnsafeDirectoryException"));
    }

    @Test
    void cannotOpenARegionWhoseKeyItKnows() throws Exception {
        String failure = refused("open " + region.key().process() + " " + region.key().handle());
        assertTrue(failure.contains("belongs to another user"), failure);
    }

    @Test
    void cannotConnectToASocketWhosePathItKnows() throws Exception {
        open(clean.directory().getParent(), "rwxr-xr-x");
        Path folder = FolderName.of(PrivateDirectory.require(), "", "name");
        assertTrue(refused("connect " + folder + "/0.socket 00").contains("Permission denied"));
    }

    @Test
    void isRefusedByItsCredentialsEvenWhereItCanConnect() throws Exception {
        Path folder = FolderName.of(PrivateDirectory.require(), "", "name");
        byte[] hello = new Hello(7, 0, RecordFile.read(folder).identity(), 1).encode().array();
        for (Path path : List.of(clean.directory().getParent(), clean.directory(), folder)) {
            open(path, "rwxr-xr-x");
        }
        open(folder.resolve("0.socket"), "rw-rw-rw-");
        nobody.tell("connect " + folder + "/0.socket " + HexFormat.of().formatHex(hello));
        String answer = nobody.expect("");
        assertTrue(answer.equals("ok null") || answer.contains("reset") || answer.contains("Broken pipe"), answer);
        open(clean.directory(), "rwx------");
    }

    @Test
    void itsOwnRegionIsRefusedByUs() throws Exception {
        nobody.tell("region");
        String[] key = nobody.expect("ok").split(" ");
        RegionKey its = new RegionKey(Long.parseLong(key[1]), Long.parseLong(key[2]), Keys.SET);
        IOException e = assertThrows(IOException.class,
                () -> host.openRegion(its, HostChild.REGION_BYTES));
        assertTrue(e.getMessage().contains("belongs to user 65534; expected user 0"), e.getMessage());
    }

    private static void open(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
