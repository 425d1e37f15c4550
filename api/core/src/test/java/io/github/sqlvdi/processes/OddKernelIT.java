package io.github.sqlvdi.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.peers.NativeBuild;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels that lack a call, played by a filter of system calls: the VDI works without it, or says which one it lacks. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "a filter of Linux's system calls")
@Timeout(600)
class OddKernelIT {

    @TempDir
    private static Path folder;
    private static String without;
    private final List<Worker> workers = new ArrayList<>();

    /** Creates a set, and says how that went. */
    static final class Maker {

        private Maker() {
        }

        public static void main(String[] args) {
            try (VirtualDeviceSet set = VirtualDeviceSet.builder("odd-" + ProcessHandle.current().pid())
                    .provider(VdiProvider.EMBEDDED).config(VdiConfig.builder().deviceCount(1).build()).create()) {
                System.out.println("created " + set.name());
            } catch (VdiException e) {
                System.out.println("failed " + e.getMessage());
            }
        }
    }

    @BeforeAll
    static void build() {
        without = NativeBuild.program(folder.resolve("without"), "kernel/without.c").toString();
    }

    @AfterEach
    void stop() {
        workers.forEach(Worker::close);
    }

    @ParameterizedTest
    @CsvSource({"memfd, memfd_create failed: ENOSYS (38)", "seals, fcntl with F_ADD_SEALS"})
    void missingCallIsNamed(String missing, String text) throws Exception {
        Worker maker = Worker.start(List.of(without, missing), Maker.class);
        workers.add(maker);
        String failed = maker.expect("failed");
        assertTrue(failed.contains(text), failed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pidfd", "noexec"})
    void setWorksWithoutTheCall(String missing) throws Exception {
        String name = "odd-" + missing + "-" + System.nanoTime();
        Worker primary = start(missing);
        Worker server = start(missing);
        primary.expect("ready");
        server.expect("ready");
        primary.tell("primary p " + name + " 1 0 500 65536 0");
        primary.expect("p created");
        server.tell("server s " + name + " 1 500 65536 4 backup");
        primary.expect("p served");
        primary.tell("close p");
        String sums = server.expect("s ended OK ").substring("s ended OK ".length());
        assertEquals("p ended OK " + sums, primary.expect("p ended"));
    }

    @Test
    void deathIsNoticedWithoutProcessDescriptors() throws Exception {
        String name = "odd-death-" + System.nanoTime();
        Worker primary = start("pidfd");
        Worker server = start("pidfd");
        primary.expect("ready");
        server.expect("ready");
        primary.tell("primary p " + name + " 1 0 500 65536 0");
        primary.expect("p created");
        server.tell("server s " + name + " 1 500 65536 4 idle");
        server.expect("s devices open");
        server.kill();
        assertTrue(primary.expect("p ended").startsWith("p ended VD_E_ABORT"));
    }

    private Worker start(String missing) throws Exception {
        Worker worker = Worker.start(List.of(without, missing), WorkerMain.class);
        workers.add(worker);
        return worker;
    }
}
