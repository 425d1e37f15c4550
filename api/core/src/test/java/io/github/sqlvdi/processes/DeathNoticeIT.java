package io.github.sqlvdi.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.embedded.EmbeddedSet;
import io.github.sqlvdi.internal.engine.Joiner;
import io.github.sqlvdi.testing.MachineLag;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deaths that are hard to notice: hidden by children, of stopped processes, in the middle of joining, of other containers. */
@Timeout(1_200)
class DeathNoticeIT {
    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final int CHILD_SECONDS = 60;
    private static final String WORK = "1000000 65536";

    @TempDir(factory = SharedMemoryDirectory.class)
    Path directory;

    private final List<Worker> workers = new ArrayList<>();

    @BeforeEach
    void name() {
        System.setProperty("io.github.sqlvdi.directory", directory.resolve("sets").toString());
    }

    @AfterEach
    void stop() {
        System.clearProperty("io.github.sqlvdi.directory");
        workers.forEach(Worker::close);
    }

    private Worker worker(String... runner) throws Exception {
        Worker worker = Worker.start(List.of(runner), WorkerMain.class);
        workers.add(worker);
        worker.expect("ready");
        return worker;
    }

    private static void tell(Worker worker, String format, Object... values) throws IOException {
        worker.tell(String.format(Locale.ROOT, format, values));
    }

    /** Starts a set of two devices, one for the primary and one for a secondary that may come. */
    private void begin(Worker primary, Worker server, String set) throws Exception {
        tell(primary, "primary p %s 2 0 %s 0", set, WORK);
        primary.expect("p created");
        tell(server, "server s %s 2 %s 4 backup", set, WORK);
        primary.expect("p configured");
        server.expect("s devices open");
    }

    private static void assertAborts(Worker worker, String id) throws InterruptedException {
        String end = worker.expect(id + " ended");
        assertTrue(end.startsWith(id + " ended VD_E_ABORT"), end);
    }

    @ParameterizedTest
    @CsvSource({"exec,primary", "fork,primary", "exec,server", "fork,server"})
    @EnabledOnOs(OS.LINUX)
    void childThatOutlivesItsParentHidesNoDeath(String kind, String victim) throws Exception {
        Worker primary = worker();
        Worker server = worker();
        begin(primary, server, "child");
        boolean client = victim.equals("primary");
        Worker parent = client ? primary : server;
        tell(parent, "child x %s %d", kind, CHILD_SECONDS);
        String[] made = parent.expect("x child").split(" ");
        try (MachineLag lag = MachineLag.start()) {
            parent.kill();
            assertAborts(client ? server : primary, client ? "s" : "p");
            lag.assertWithin("the notice of the death of a " + victim + " with a child made by " + kind, BOUND);
        } finally {
            if (kind.equals("fork")) {
                assertTrue(ProcessHandle.of(Long.parseLong(made[2])).orElseThrow().destroyForcibly(),
                        "the copy ended before its parent's death was noticed");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"p", "s", "c"})
    void killOfAStoppedProcessIsNoticed(String victim) throws Exception {
        Worker primary = worker();
        Worker server = worker();
        Worker secondary = worker();
        begin(primary, server, "stopped");
        tell(secondary, "secondary c stopped 1 %s", WORK);
        secondary.expect("c joined");
        Worker stopped = switch (victim) {
            case "p" -> primary;
            case "s" -> server;
            default -> secondary;
        };
        stopped.pause();
        try (MachineLag lag = MachineLag.start()) {
            stopped.kill();
            for (Worker survivor : List.of(primary, server, secondary)) {
                if (survivor != stopped) {
                    assertAborts(survivor, survivor == primary ? "p" : survivor == server ? "s" : "c");
                }
            }
            lag.assertWithin("the notice of the death of the stopped " + victim, BOUND);
        }
    }

    @ParameterizedTest
    @EnumSource(Joiner.Step.class)
    void joinerThatDiesBetweenTwoStepsIsNoMemberOrIsMissed(Joiner.Step step) throws Exception {
        Worker primary = worker();
        Worker server = worker();
        begin(primary, server, "joiner");
        Worker joiner = Worker.start(List.of(), Joiner.class, "-Dstep=" + step, "-Dset=joiner");
        workers.add(joiner);
        joiner.expect("at " + step);
        joiner.pause();
        joiner.kill();
        if (step.isWatched()) {
            assertAborts(primary, "p");
            assertAborts(server, "s");
        } else {
            tell(server, "mappings s"); // the server still answers, and works on
            server.expect("s mappings");
            List<EmbeddedSet> sets = EmbeddedSet.list();
            assertEquals(1, sets.size());
            assertTrue(sets.getFirst().abortReason().isEmpty(), sets::toString);
            assertTrue(sets.getFirst().processes().stream().noneMatch(member -> member.pid() == joiner.pid()),
                    "the dead process is listed: " + sets);
            primary.tell("abort p");
            assertAborts(primary, "p");
            assertAborts(server, "s");
        }
    }

    @Test
    void joinerWhoseServerDiesMeanwhileSeesTheAbort() throws Exception {
        Worker primary = worker();
        Worker server = worker();
        Worker secondary = worker();
        begin(primary, server, "meanwhile");
        server.pause(); // so that it does not answer the joiner's greeting
        tell(secondary, "secondary c meanwhile 1 %s", WORK);
        TimeUnit.SECONDS.sleep(1); // nothing tells that the joiner waits for the answer; earlier is another case
        server.kill();
        assertAborts(primary, "p");
        String end = secondary.expect("c ended");
        assertTrue(end.startsWith("c ended VD_E_ABORT") || end.startsWith("c ended VD_E_PROTOCOL"), end);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void processOfAnotherPidNamespaceIsNotTakenForAMember() throws Exception {
        String[] namespace = {"unshare", "--pid", "--fork", "--kill-child", "--mount-proc"};
        assumeTrue(mayUnshare(namespace), "this process may not make PID namespaces (unshare fails)");
        Worker first = worker(namespace);
        Worker second = worker(namespace);
        tell(first, "primary p first 1 0 %s 0", WORK);
        first.expect("p created");
        tell(second, "primary q second 1 0 %s 0", WORK); // has the pid and most likely the descriptor of the other
        second.expect("q created");
        tell(second, "server s first 1 %s 4 backup", WORK);
        String end = second.expect("s ended");
        // The descriptor of that number in the other process is something else, or there is none.
        assertTrue(end.startsWith("s ended VD_E_UNEXPECTED") || end.startsWith("s ended VD_E_INVALID"), end);
        tell(second, "server t second 1 %s 4 backup", WORK);
        second.expect("q configured");
        second.tell("abort q");
        assertAborts(second, "t");
        first.tell("abort p");
        assertAborts(first, "p");
    }

    private static boolean mayUnshare(String... command) throws IOException, InterruptedException {
        List<String> probe = new ArrayList<>(List.of(command));
        probe.add("true");
        try {
            return new ProcessBuilder(probe).start().waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }
}
