package io.github.sqlvdi.internal.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.internal.engine.Hosts;
import io.github.sqlvdi.processes.Worker;
import io.github.sqlvdi.testing.BackgroundWait;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What takes seconds because a process is silent, stopped or idle for that long. Each wait has a set of its own and they all
 * begin together, so that the class lasts as long as the longest of them.
 */
class HostBoundsIT {

    /** Sets that live together have a key each: on Windows the names of their files are made of it. */
    private static final RegionKey KEY = Keys.of(4711, 12);

    @RegisterExtension
    static final NothingRemains clean = new NothingRemains();

    private static final Host HOST = Hosts.current();
    private static BackgroundWait silentConnection;
    private static BackgroundWait stoppedPrimary;
    private static BackgroundWait stoppedServer;
    private static BackgroundWait idleMembers;

    @BeforeAll
    static void beginTogether() {
        silentConnection = BackgroundWait.begin(HostBoundsIT::waitForTheEndOfASilentConnection);
        stoppedPrimary = BackgroundWait.begin(HostBoundsIT::watchAStoppedPrimary);
        stoppedServer = BackgroundWait.begin(HostBoundsIT::stopAServer);
        idleMembers = BackgroundWait.begin(HostBoundsIT::countProcessorTime);
    }

    @Test
    void silentConnectionIsDroppedAfterABound() throws Exception {
        silentConnection.await();
    }

    private static void waitForTheEndOfASilentConnection() throws Exception {
        Events events = new Events();
        try (Presence primary = HOST.names().publish("", "silent", KEY, events);
                RawMember silent = HostProbe.current().connect(HostProbe.current().address("silent", 0))) {
            silent.awaitEnd();
            assertEquals(0, primary.slot() + events.more());
        }
    }

    @Test
    void stoppedPrimaryKeepsItsNameAndHoldsNobodyUp() throws Exception {
        stoppedPrimary.await();
    }

    private static void watchAStoppedPrimary() throws Exception {
        Events events = new Events();
        try (Worker primary = child()) {
            ask(primary, "publish stopped-primary");
            primary.pause();
            assertThrows(NameTakenException.class, () -> HOST.names().publish("", "stopped-primary", KEY, events));
            assertEquals(primary.pid(), HOST.names().find("", "stopped-primary").process());
            try (Presence server = HOST.names().join("", "stopped-primary", 1, events)) {
                IOException e = assertThrows(IOException.class, () -> server.watch(0));
                assertTrue(e.getMessage().contains("does not answer"), e.getMessage());
            }
            primary.resume();
            ask(primary, "close 0");
        }
    }

    @Test
    void stoppedProcessIsNotDead() throws Exception {
        stoppedServer.await();
    }

    private static void stopAServer() throws Exception {
        Events events = new Events();
        try (Worker server = child();
                Presence primary = HOST.names().publish("", "stopped-server", Keys.of(4711, 13), events)) {
            ask(server, "join stopped-server 1");
            ask(server, "watch 1 0");
            server.pause();
            assertNull(events.next(1_500));
            assertThrows(IOException.class, () -> HOST.names().join("", "stopped-server", 1, events),
                    "its slot is still its own");
            server.resume();
            ask(server, "close 1");
            assertEquals("left 1", events.next());
            assertEquals(0, primary.slot());
        }
    }

    @Test
    void membersThatWatchUseNoProcessorTime() throws Exception {
        idleMembers.await();
    }

    private static void countProcessorTime() throws Exception {
        Events events = new Events();
        try (Presence primary = HOST.names().publish("", "idle", Keys.of(4711, 14), events);
                Presence one = HOST.names().join("", "idle", 40, events);
                Presence other = HOST.names().join("", "idle", 41, events)) {
            one.watch(primary.slot());
            other.watch(one.slot());
            // The other sets of this class have no such slots.
            List<Thread> watching = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().matches("sqlvdi-watch-4[01]")).toList();
            assertEquals(2, watching.size(), watching.toString());
            long before = nanos(watching);
            assertNull(events.next(3_000));
            long used = nanos(watching) - before;
            assertTrue(used < TimeUnit.MILLISECONDS.toNanos(30), used + " ns in 3 s");
        }
    }

    private static long nanos(List<Thread> threads) {
        ThreadMXBean times = ManagementFactory.getThreadMXBean();
        return threads.stream().mapToLong(thread -> times.getThreadCpuTime(thread.threadId())).sum();
    }

    private static Worker child() throws IOException, InterruptedException {
        Worker child = Worker.start(List.of(), HostChild.class);
        child.expect("ready");
        return child;
    }

    private static void ask(Worker child, String task) throws IOException, InterruptedException {
        child.tell(task);
        child.expect("ok");
    }
}
