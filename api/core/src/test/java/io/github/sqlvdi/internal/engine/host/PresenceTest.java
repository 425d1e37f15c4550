package io.github.sqlvdi.internal.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.internal.engine.Hosts;
import io.github.sqlvdi.internal.engine.host.members.Hello;
import io.github.sqlvdi.testing.MachineLag;
import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PresenceTest {

    private static final String NAME = "name";

    @RegisterExtension
    final NothingRemains clean = new NothingRemains();

    private final SetNames names = Hosts.current().names();
    private final Events primaryEvents = new Events();
    private final Events serverEvents = new Events();
    private Set<Thread> threadsBefore;
    private Presence primary;
    private Presence server;

    @BeforeEach
    void open() throws IOException {
        threadsBefore = Thread.getAllStackTraces().keySet();
        primary = names.publish("", NAME, Keys.of(4711, 12), primaryEvents);
        server = names.join("", NAME, 1, serverEvents);
    }

    @AfterEach
    void close() {
        server.close();
        primary.close();
    }

    @Test
    void watchedAndWatcherLearnOfAnOrderlyEnd() throws Exception {
        server.watch(0);
        server.close();
        assertEquals("left 1", primaryEvents.next());
        assertEquals(0, serverEvents.more());
    }

    @Test
    void watchersLearnThatThePrimaryLeft() throws Exception {
        Events secondaryEvents = new Events();
        try (Presence secondary = names.join("", NAME, 2, secondaryEvents)) {
            server.watch(0);
            secondary.watch(0);
            secondary.watch(1);
            primary.close();
            assertEquals("left 0", serverEvents.next());
            assertEquals("left 0", secondaryEvents.next());
            server.close();
            assertEquals("left 1", secondaryEvents.next());
        }
        assertEquals(0, secondaryEvents.more() + serverEvents.more());
    }

    @Test
    void endIsToldOnceHoweverOftenItIsWatched() throws Exception {
        server.watch(0);
        server.watch(0);
        primary.watch(1);
        primary.close();
        assertEquals("left 0", serverEvents.next());
        server.close();
        assertEquals(0, serverEvents.more() + primaryEvents.more());
    }

    @Test
    void membersThatWatchEachOtherAtTheSameTimeAreToldOnce() throws Exception {
        for (int i = 0; i < 50; i++) {
            Presence watched = names.join("", NAME, 2, new Events());
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> watch(watched, 1));
            server.watch(2);
            other.get(Patience.SECONDS, TimeUnit.SECONDS);
            watched.close();
            assertEquals("left 2", serverEvents.next());
            assertEquals(0, serverEvents.more());
        }
    }

    private static void watch(Presence presence, int slot) {
        try {
            presence.watch(slot);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void slotMayHaveSeveralHoldersOneAfterAnother() throws Exception {
        for (int i = 0; i < 20; i++) {
            Presence secondary = names.join("", NAME, 2, new Events());
            secondary.watch(0);
            secondary.close();
            assertEquals("left 2", primaryEvents.next());
        }
    }

    @Test
    void connectionThatEndsWithoutGoodbyeIsADeath() throws Exception {
        RawMember raw = member(7);
        assertEquals(0, primaryEvents.more());
        raw.close();
        assertEquals("died 7", primaryEvents.next());
    }

    @Test
    void garbageAfterTheHelloIsADeath() throws Exception {
        try (RawMember raw = member(7)) {
            raw.send((byte) 1, Hello.GOODBYE);
            assertEquals("died 7", primaryEvents.next());
            raw.awaitEnd();
        }
    }

    @Test
    void byteOfGoodbyeIsAnOrderlyEnd() throws Exception {
        try (RawMember raw = member(7)) {
            raw.send(Hello.GOODBYE);
            assertEquals("left 7", primaryEvents.next());
        }
    }

    @Test
    void helloMayComeInPieces() throws Exception {
        ByteBuffer hello = new Hello(7, 0, identity(), 99).encode();
        try (RawMember raw = connect()) {
            while (hello.hasRemaining()) {
                raw.send(hello.get());
            }
            assertEquals(7, raw.readHello().to());
            raw.send(Hello.GOODBYE);
            assertEquals("left 7", primaryEvents.next());
        }
    }

    @Test
    void helloOfAnotherSetOrToAnotherSlotIsDropped() throws Exception {
        UUID set = identity();
        for (Hello hello : List.of(new Hello(7, 0, UUID.randomUUID(), 1), new Hello(7, 1, set, 1),
                new Hello(-1, 0, set, 1), new Hello(Presence.MAX_SLOT + 1, 0, set, 1))) {
            try (RawMember raw = connect()) {
                raw.send(hello.encode());
                assertEquals(null, raw.readHello(), hello.toString());
            }
        }
        server.watch(0);
        assertEquals(0, primaryEvents.more());
    }

    @Test
    void noBytesEndTheWatch() throws Exception {
        Random random = new Random(7);
        byte[] good = new Hello(7, 0, identity(), 1).encode().array();
        for (int i = 0; i < 200; i++) {
            try (RawMember raw = connect()) {
                byte[] bytes = new byte[random.nextInt(100)];
                random.nextBytes(bytes);
                System.arraycopy(good, 0, bytes, 0, Math.min(bytes.length, random.nextInt(32)));
                raw.send(bytes);
            } catch (IOException e) {
                assertTrue(HostProbe.current().isBrokenConnection(e), e.toString());
            }
        }
        server.watch(0);
        server.close();
        assertEquals("left 1", lastOf(primaryEvents));
    }

    /** Random bytes may have made some member 7 or so. */
    private static String lastOf(Events events) throws InterruptedException {
        String event = events.next();
        while (event != null && !event.endsWith(" 1")) {
            event = events.next();
        }
        return event;
    }

    @Test
    void failingListenerDoesNotEndTheWatch() throws Exception {
        Events failing = new Events() {
            @Override
            public void left(int slot) {
                super.left(slot);
                Thread.currentThread().interrupt();
                throw new IllegalStateException("thrown on purpose for slot " + slot);
            }
        };
        try (Presence other = names.publish("", "other", Keys.of(1, 1), failing)) {
            for (int slot = 1; slot < 4; slot++) {
                Presence member = names.join("", "other", slot, serverEvents);
                member.watch(0);
                member.close();
                assertEquals("left " + slot, failing.next());
            }
            assertEquals(0, other.slot());
        }
    }

    @Test
    void listenerMayCloseItsPresence() throws Exception {
        CompletableFuture<Thread> closed = new CompletableFuture<>();
        AtomicReference<Presence> self = new AtomicReference<>();
        Presence.Listener closing = new Presence.Listener() {
            @Override
            public void died(int slot) {
                closed.completeExceptionally(new AssertionError("died " + slot));
            }

            @Override
            public void left(int slot) {
                self.get().close();
                closed.complete(Thread.currentThread());
            }
        };
        self.set(names.join("", NAME, 2, closing));
        self.get().watch(0);
        self.get().watch(1);
        server.close();
        Thread thread = closed.get(Patience.SECONDS, TimeUnit.SECONDS);
        assertEquals("sqlvdi-watch-2", thread.getName());
        assertTrue(thread.isDaemon());
        assertEquals("left 2", primaryEvents.next());
        assertThrows(IOException.class, () -> self.get().watch(0));
    }

    @Test
    void listenerThatWatchesIsRefusedAtOnce() throws Exception {
        CompletableFuture<RuntimeException> refusal = new CompletableFuture<>();
        AtomicReference<Presence> self = new AtomicReference<>();
        Events events = new Events() {
            @Override
            public void left(int slot) {
                refusal.complete(assertThrows(IllegalStateException.class, () -> self.get().watch(0)));
            }
        };
        try (Presence secondary = names.join("", NAME, 2, events)) {
            self.set(secondary);
            secondary.watch(1);
            server.close();
            assertNotNull(refusal.get(Patience.SECONDS, TimeUnit.SECONDS).getMessage());
        }
    }

    @Test
    void watchingWhoIsNotThereIsRefused() {
        IOException e = assertThrows(IOException.class, () -> server.watch(2));
        assertTrue(e.getMessage().contains("slot 2"), e.getMessage());
        primary.close();
        assertThrows(IOException.class, () -> server.watch(0));
        assertThrows(IllegalArgumentException.class, () -> server.watch(1));
        assertThrows(IllegalArgumentException.class, () -> server.watch(-1));
    }

    @Test
    void closeIsIdempotentAndEndsTheThread() {
        primary.close();
        primary.close();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            assertTrue(threadsBefore.contains(thread) || !thread.getName().equals("sqlvdi-watch-0"), thread::toString);
        }
    }

    /** A goodbye may arrive just when a member has begun to leave. */
    @Test
    void membersThatLeaveOneAnotherAtTheSameTimeEndAtOnce() throws Exception {
        try (MachineLag lag = MachineLag.start()) {
            for (int i = 0; i < 30; i++) {
                Presence third = names.publish("", "third", Keys.of(1, 1), new Events());
                Presence fourth = names.join("", "third", 1, new Events());
                fourth.watch(0);
                lag.reset();
                CompletableFuture<Void> other = CompletableFuture.runAsync(third::close);
                fourth.close();
                other.get(Patience.SECONDS, TimeUnit.SECONDS);
                lag.checkWithin("round " + i + " of leaving one another", Duration.ofSeconds(1));
            }
        }
    }

    @Test
    void manyMembersAreToldOfOneEnd() throws Exception {
        List<Presence> secondaries = new ArrayList<>();
        List<Events> told = new ArrayList<>();
        for (int slot = 2; slot < 34; slot++) {
            told.add(new Events());
            secondaries.add(names.join("", NAME, slot, told.getLast()));
            secondaries.getLast().watch(0);
        }
        primary.close();
        for (Events events : told) {
            assertEquals("left 0", events.next());
        }
        secondaries.forEach(Presence::close);
        server.close();
        assertEquals(List.of(), NothingRemains.names(clean.directory()));
    }

    private RawMember member(int slot) throws IOException {
        RawMember raw = connect();
        raw.send(new Hello(slot, 0, identity(), 99).encode());
        assertEquals(slot, raw.readHello().to());
        return raw;
    }

    private static RawMember connect() throws IOException {
        return HostProbe.current().connect(HostProbe.current().address(NAME, 0));
    }

    private static UUID identity() throws IOException {
        return HostProbe.current().identity(NAME);
    }
}
