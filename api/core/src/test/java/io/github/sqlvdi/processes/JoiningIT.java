package io.github.sqlvdi.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.server.ServerDeviceSet;
import io.github.sqlvdi.testing.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a secondary may join the set of another process, and that joining and leaving disturb nobody. */
class JoiningIT {
    private static final int ROUNDS = Integer.getInteger("sqlvdi.joins", 20);
    private static final int COMERS = 3;

    private Worker primary;
    private Worker server;

    @BeforeEach
    void start() throws Exception {
        primary = Worker.start();
        server = Worker.start();
        primary.expect("ready");
        server.expect("ready");
    }

    @AfterEach
    void stop() {
        primary.close();
        server.close();
    }

    private static void assertRefused(String name) {
        VdiException refused = assertThrows(VdiException.class,
                () -> VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).openInSecondary().close());
        assertEquals(Hresults.VD_E_PROTOCOL, refused.hresult(), refused.getMessage());
    }

    @Test
    void aSecondaryThatComesBeforeTheConfigurationIsRefusedAndMayComeAgain() throws Exception {
        String name = "early-" + System.nanoTime();
        assertRefused(name); // nobody made it yet
        primary.tell(String.format(Locale.ROOT, "primary p %s 1 - 10 4096 0", name));
        primary.expect("p created");
        assertRefused(name); // there is no server yet
        try (ServerDeviceSet opened = ServerDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).open()) {
            assertRefused(name); // the server is not done yet
            opened.abort();
        }
        primary.expect("p ended VD_E_ABORT");
        assertRefused(name); // it is over

        String next = name + "-next";
        primary.tell(String.format(Locale.ROOT, "primary q %s 1 - 10 4096 0", next));
        primary.expect("q created");
        assertRefused(next);
        server.tell(String.format(Locale.ROOT, "server s %s 1 10 4096 4 idle", next));
        primary.expect("q configured");
        VirtualDeviceSet.builder(next).provider(VdiProvider.EMBEDDED).openInSecondary().close();
        finish(next, "q");
    }

    @Test
    void secondariesThatComeWhileOthersLeaveFindAPlace() throws Exception {
        String name = "coming-" + System.nanoTime();
        primary.tell(String.format(Locale.ROOT, "primary p %s 1 - 10 4096 0", name));
        primary.expect("p created");
        server.tell(String.format(Locale.ROOT, "server s %s 1 10 4096 4 idle", name));
        primary.expect("p configured");
        List<CompletableFuture<Void>> comers = new ArrayList<>();
        for (int comer = 0; comer < COMERS; comer++) {
            comers.add(CompletableFuture.runAsync(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).openInSecondary().close();
                }
            }, command -> Thread.ofPlatform().start(command)));
        }
        for (CompletableFuture<Void> comer : comers) {
            comer.get(Patience.SECONDS, TimeUnit.SECONDS);
        }
        finish(name, "p");
    }

    /** Whoever came and went: a secondary that joins now does the work of the set. */
    private void finish(String name, String client) throws Exception {
        try (Worker last = Worker.start()) {
            last.expect("ready");
            last.tell(String.format(Locale.ROOT, "secondary c %s 0 10 4096", name));
            last.expect("c joined");
            server.expect("s devices open");
            server.tell("go s");
            last.expect("c served");
            last.tell("close c");
            String sums = server.expect("s ended");
            assertTrue(sums.startsWith("s ended OK"), sums);
            assertEquals(sums.substring(1), last.expect("c ended").substring(1));
            primary.tell("close " + client);
            assertEquals(client + " ended OK ", primary.expect(client + " ended"));
        }
    }
}
