package io.github.sqlvdi.peers;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.bindings.VDConfig;
import io.github.sqlvdi.internal.com.IClientVirtualDevice;
import io.github.sqlvdi.internal.com.IClientVirtualDeviceSet2;
import io.github.sqlvdi.internal.memory.WideStrings;
import io.github.sqlvdi.internal.provider.Provider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** One set of a provider called without the public API, for results that the API turns into something else. */
final class ProviderFixture implements AutoCloseable {

    final Arena arena = Arena.ofShared();
    final Provider provider;
    final IClientVirtualDeviceSet2 set;
    final MemorySegment config = arena.allocate(VDConfig.layout());
    final MemorySegment out = arena.allocate(JAVA_LONG);
    private Peer.Statement statement;

    ProviderFixture(Provider provider) {
        this.provider = provider;
        set = provider.newClientSet();
        config.set(JAVA_INT, 0, 1);
    }

    long text(String text) {
        return WideStrings.allocate(arena, text).address();
    }

    int createEx(String instance, String name) {
        return set.createEx(text(instance), text(name), config.address());
    }

    /** A device of a stalled statement: it never gets a command. */
    IClientVirtualDevice idleDevice(Peer peer) {
        String name = Peer.freshName();
        ok(createEx(null, name));
        statement = peer.start(name, PeerPlan.backup(1, 1 << 20).failing(PeerPlan.Fault.STALL, 0));
        ok(set.getConfiguration(-1, config.address()));
        ok(set.openDevice(text(name), out.address()));
        return provider.device(out.get(JAVA_LONG, 0));
    }

    static void ok(int hresult) {
        assertEquals("S_OK", Hresults.name(hresult));
    }

    @Override
    public void close() {
        set.close();
        if (statement != null) {
            statement.verdict();
        }
        provider.release(set);
        arena.close();
    }
}
