package io.github.sqlvdi.internal.engine.host;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.sqlvdi.internal.engine.Hosts;
import io.github.sqlvdi.processes.Worker;
import io.github.sqlvdi.testing.MachineLag;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Regions, names and presence between real processes, killed ones among them. */
class HostProcessesIT {

    private static final RegionKey KEY = Keys.of(4711, 12);
    private static final Duration DEATH_BOUND = Duration.ofSeconds(1);

    @RegisterExtension
    final NothingRemains clean = new NothingRemains();

    private final Host host = Hosts.current();
    private final SetNames names = host.names();
    private final Events events = new Events();
    private final List<Worker> children = new ArrayList<>();

    @AfterEach
    void endChildren() throws InterruptedException {
        for (Worker child : children) {
            child.kill();
        }
    }

    private Worker child() throws IOException, InterruptedException {
        Worker child = Worker.start(List.of(), HostChild.class);
        children.add(child);
        child.expect("ready");
        return child;
    }

    private static String ask(Worker child, String task) throws IOException, InterruptedException {
        child.tell(task);
        return child.expect("ok").substring(2).strip();
    }

    @Test
    void regionIsSharedBothWaysAndAlignedInEveryProcess() throws Exception {
        Worker child = child();
        String[] key = ask(child, "region").split(" ");
        RegionKey its = new RegionKey(Long.parseLong(key[0]), Long.parseLong(key[1]), Keys.SET);
        assertEquals(child.pid(), its.process());
        try (SharedRegion region = host.openRegion(its, HostChild.REGION_BYTES)) {
            assertEquals(0, region.memory().address() % 65_536);
            child.kill();
            region.memory().set(JAVA_INT, 0, 7);
            assertEquals(7, region.memory().get(JAVA_INT, 0), "the mapping outlives its creator");
        }
        assertThrows(IOException.class, () -> host.openRegion(its, HostChild.REGION_BYTES));
    }

    @Test
    void anotherProcessCannotResizeARegion() throws Exception {
        Worker child = child();
        try (SharedRegion region = host.createRegion(Keys.SET, HostChild.REGION_BYTES)) {
            assertEquals("0", ask(child, "open " + words(region)));
            assertEquals("refused", ask(child, "resize " + words(region)));
            region.memory().fill((byte) 1);
        }
    }

    private static String words(SharedRegion region) {
        return region.key().process() + " " + region.key().handle();
    }

    @Test
    void twoProcessesHandOver() throws Exception {
        int turns = 20_000;
        Worker child = child();
        try (SharedRegion region = host.createRegion(Keys.SET, HostChild.REGION_BYTES)) {
            ask(child, "open " + words(region));
            child.tell("turns 1 " + turns);
            HostChild.takeTurns(host, region.memory(), 0, turns);
            child.expect("ok");
            assertEquals(2 * turns, region.memory().get(JAVA_INT, HostChild.TURN_OFFSET));
        }
    }

    @Test
    void killedMembersAreToldDeadWithinASecond() throws Exception {
        try (Presence primary = names.publish("", "name", KEY, events); MachineLag lag = MachineLag.start()) {
            for (int i = 0; i < 5; i++) {
                Worker server = child();
                ask(server, "join name 1");
                ask(server, "watch 1 0");
                lag.reset();
                server.kill();
                assertEquals("died 1", events.next());
                lag.assertWithin("the notice of a killed server", DEATH_BOUND);
            }
            assertEquals(0, primary.slot() + events.more());
        }
    }

    @Test
    void killedPrimaryIsToldToAllAndTheLastOutRemovesTheFolder() throws Exception {
        Worker primary = child();
        Worker secondary = child();
        ask(primary, "publish name");
        ask(secondary, "join name 2");
        ask(secondary, "watch 2 0");
        try (Presence server = names.join("", "name", 1, events); MachineLag lag = MachineLag.start()) {
            server.watch(0);
            lag.reset();
            primary.kill();
            assertEquals("died 0", events.next());
            lag.assertWithin("the notice of a killed primary", DEATH_BOUND);
            secondary.expect("told died 0");
            lag.assertWithin("the notices in all processes", DEATH_BOUND);
            ask(secondary, "close 2");
        }
        assertEquals(List.of(), NothingRemains.names(clean.directory()));
    }

    @Test
    void orderlyLeaveIsNoDeathInAnyProcess() throws Exception {
        Worker server = child();
        Presence primary = names.publish("", "name", KEY, events);
        ask(server, "join name 1");
        ask(server, "watch 1 0");
        primary.close();
        server.expect("told left 0");
        ask(server, "close 1");
        assertEquals(0, events.more());
        assertEquals(List.of(), NothingRemains.names(clean.directory()));
    }

    @Test
    void nameOfAKilledPrimaryIsFreeAtOnce() throws Exception {
        Worker primary = child();
        Worker server = child();
        ask(primary, "publish name");
        ask(server, "join name 1");
        assertThrows(NameTakenException.class, () -> names.publish("", "name", KEY, events));
        primary.kill();
        try (Presence next = names.publish("", "name", KEY, events); Presence its = names.join("", "name", 1, events)) {
            its.watch(0);
            ask(server, "close 1");
            assertEquals(KEY, names.find("", "name"), "the old server's leaving is not ours");
            assertEquals(1, next.slot() + its.slot());
        }
    }

    @Test
    void whatKilledProcessesLeaveIsSweptByAnyCall() throws Exception {
        for (String call : List.of("find", "list", "publish")) {
            Worker primary = child();
            Worker server = child();
            ask(primary, "publish name");
            ask(server, "join name 1");
            primary.kill();
            server.kill();
            assertEquals(HostProbe.current().leavesFolders() ? 1 : 0, NothingRemains.names(clean.directory()).size(),
                    "the leftover");
            switch (call) {
                case "find" -> assertNull(names.find("", "name"));
                case "list" -> assertEquals(List.of(), names.list());
                default -> names.publish("", "other", KEY, events).close();
            }
            assertEquals(List.of(), NothingRemains.names(clean.directory()), call);
        }
    }

    @Test
    void fourProcessesThatRaceForOneNameGetItOneAtATime() throws Exception {
        List<Worker> racers = List.of(child(), child(), child(), child());
        Files.createDirectories(clean.directory().getParent());
        for (int lost = 0; lost == 0;) { // until they met: on a busy machine each may run alone for a while
            for (Worker racer : racers) {
                racer.tell("race name 100");
            }
            for (Worker racer : racers) {
                lost += Integer.parseInt(racer.expect("ok").substring(3));
            }
        }
        assertEquals(List.of(), NothingRemains.names(clean.directory()));
    }

    @Test
    void killedRacersLeaveNothingThatLasts() throws Exception {
        for (int i = 0; i < 5; i++) {
            List<Worker> racers = List.of(child(), child());
            for (Worker racer : racers) {
                racer.tell("race name 1000000");
            }
            Presence presence = null;
            while (presence == null) {
                presence = tryPublish();
            }
            presence.close();
            for (Worker racer : racers) {
                racer.kill();
            }
            names.publish("", "name", KEY, events).close();
            assertEquals(List.of(), NothingRemains.names(clean.directory()));
            Files.deleteIfExists(clean.directory().resolveSibling("winner"));
        }
    }

    private Presence tryPublish() throws IOException {
        try {
            return names.publish("", "name", KEY, events);
        } catch (NameTakenException e) {
            return null;
        }
    }
}
