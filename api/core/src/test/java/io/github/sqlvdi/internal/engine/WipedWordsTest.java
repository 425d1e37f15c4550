package io.github.sqlvdi.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.internal.com.ConfigBlock;
import io.github.sqlvdi.internal.memory.WideStrings;
import io.github.sqlvdi.testing.Patience;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** A word that is said once is overwritten by a hostile process before the other side has read it. */
class WipedWordsTest {
    private final Arena arena = Arena.ofAuto();
    private final ClientSet client = new ClientSet(Hosts.current());
    private final ServerSet server = new ServerSet(Hosts.current());
    private final String name = "wiped abort " + System.nanoTime();
    private final MemorySegment config = arena.allocate(ConfigBlock.BYTES, 4);

    private void configure() {
        long wide = WideStrings.allocate(arena, name).address();
        ConfigBlock.write(VdiConfig.builder().build(), config);
        assertEquals(Hresults.S_OK, client.createEx(0, wide, config.address()));
        assertEquals(Hresults.S_OK, server.open(0, wide));
        assertEquals(Hresults.S_OK, server.beginConfiguration(Features.WRITE_MEDIA, 512, 0, 65_536, 0));
        assertEquals(Hresults.S_OK, server.endConfiguration());
        assertEquals(Hresults.S_OK, client.getConfiguration(10_000, config.address()));
    }

    @Test
    void aClientThatAbortsAndLeavesEndsTheServerAllTheSame() throws Exception {
        configure();
        try (RegionMutator hostile = RegionMutator.of(name, new Random(1))) {
            assertEquals(Hresults.S_OK, client.signalAbort());
            hostile.wipeAbort();
            client.close();
            awaitAbort(hostile, () -> server.getConfiguration(config.address()));
        }
        server.close();
    }

    @Test
    void aServerThatAbortsAndLeavesEndsTheClientAllTheSame() throws Exception {
        configure();
        try (RegionMutator hostile = RegionMutator.of(name, new Random(1))) {
            assertEquals(Hresults.S_OK, server.signalAbort());
            hostile.wipeAbort();
            server.close();
            awaitAbort(hostile, () -> client.getConfiguration(0, config.address()));
        }
        client.close();
    }

    @Test
    void aConfigurationIsPublishedAgainByTheAgent() throws Exception {
        configure();
        Thread agent = Thread.ofPlatform().start(server::executeCompletionAgent);
        try (RegionMutator hostile = RegionMutator.of(name, new Random(1))) {
            hostile.wipePhase();
            assertEquals(Hresults.S_OK, client.getConfiguration(30_000, config.address()));
        }
        client.close();
        server.close();
        agent.join();
    }

    /** Wipes the word before each look: only what does not pass through shared memory can tell. */
    private static void awaitAbort(RegionMutator hostile, IntSupplier look) {
        long deadline = System.nanoTime() + Patience.LONG.toNanos();
        int result = Hresults.S_OK;
        while (result != Hresults.VD_E_ABORT && System.nanoTime() < deadline) {
            hostile.wipeAbort();
            result = look.getAsInt();
            Thread.onSpinWait();
        }
        assertTrue(result == Hresults.VD_E_ABORT, Hresults.describe(result));
    }
}
