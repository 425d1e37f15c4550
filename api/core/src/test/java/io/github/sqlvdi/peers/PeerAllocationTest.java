package io.github.sqlvdi.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.internal.com.IClientVirtualDevice;
import io.github.sqlvdi.internal.platform.windows.Apartment;
import io.github.sqlvdi.internal.platform.windows.ApartmentProvider;
import io.github.sqlvdi.internal.platform.windows.Ole32;
import io.github.sqlvdi.internal.platform.windows.RegisteredClasses;
import io.github.sqlvdi.internal.provider.Provider;
import io.github.sqlvdi.peers.PeerPlan.Fault;
import io.github.sqlvdi.testing.Patience;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The way of a command through a native library allocates nothing. Counts bytes in rounds, because the JIT compiler decides
 * when the steady state begins.
 */
class PeerAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int COMMANDS = 5_000;
    private static final int MOST_ROUNDS = 400; // a busy machine compiles late
    private static final int SIZE = 512;
    /** Calls that are over before the compiler has even begun are repeated for longer. */
    private static final long POLLING_NANOS = Patience.LONG.toNanos();

    /** One round of calls. */
    interface Round {
        void run();
    }

    /** One byte a command would already be one object of 16 bytes in every sixteenth. */
    private static void assertBecomesFree(long patienceNanos, Round round) {
        long bytes = COMMANDS;
        long start = System.nanoTime();
        for (int i = 0; bytes >= COMMANDS && (i < MOST_ROUNDS || System.nanoTime() - start < patienceNanos); i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            round.run();
            bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        long last = bytes;
        assertTrue(bytes < COMMANDS, () -> last + " bytes for " + COMMANDS + " commands in the last round");
    }

    @ParameterizedTest
    @EnumSource(names = {"C", "CPP", "LINUX"})
    void fetchingUsingAndCompletingACommandIsFree(Peer peer) {
        PeerPlan plan = PeerPlan.backup(1, 2L * MOST_ROUNDS * COMMANDS * SIZE).transfers(SIZE, 4)
                .failing(Fault.STALL, 2L * MOST_ROUNDS * COMMANDS * SIZE - SIZE);
        try (PeerClient client = new PeerClient(peer, plan)) {
            Peer.Statement statement = peer.start(client.name, plan);
            client.set.awaitConfiguration(PeerClient.PATIENCE).orElseThrow();
            VirtualDevice device = client.set.openDevice(client.name);
            assertBecomesFree(0, () -> {
                for (int i = 0; i < COMMANDS; i++) {
                    if (device.getCommand(PeerClient.PATIENCE) != CommandResult.COMMAND
                            || device.command().data().byteSize() != SIZE) {
                        throw new AssertionError("no command of " + SIZE + " bytes");
                    }
                    device.command().complete();
                }
            });
            client.set.abort();
            statement.verdict();
        }
    }

    @Test
    void pollingOnLinuxIsFree() {
        assertPollingIsFree(Peer.LINUX.provider(), Peer.LINUX);
    }

    @Test
    void pollingFromInTheMultithreadedApartmentIsFree() {
        Ole32 ole32 = new Ole32(Peer.OLE32.symbols());
        assertPollingIsFree(new ApartmentProvider(new RegisteredClasses(ole32), new Apartment(ole32)), Peer.OLE32);
    }

    private static void assertPollingIsFree(Provider provider, Peer peer) {
        try (ProviderFixture fixture = new ProviderFixture(provider)) {
            IClientVirtualDevice device = fixture.idleDevice(peer);
            long out = fixture.out.address();
            assertBecomesFree(POLLING_NANOS, () -> {
                for (int i = 0; i < COMMANDS; i++) {
                    provider.enter();
                    if (device.getCommand(0, out) != Hresults.VD_E_TIMEOUT) {
                        throw new AssertionError("an idle device had a command");
                    }
                }
            });
            assertEquals(Hresults.VD_E_TIMEOUT, device.getCommand(1, out));
            fixture.provider.release(device);
        }
    }
}
