package io.github.sqlvdi.conformance;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.bindings.Guids;
import io.github.sqlvdi.internal.com.UnknownCalls;
import io.github.sqlvdi.internal.engine.EmbeddedVdi;
import io.github.sqlvdi.internal.platform.Providers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;

/** The embedded VDI with client and server half in this process. */
final class EmbeddedVdiUnderTest implements VdiUnderTest {

    private final EmbeddedSurroundings surroundings = new EmbeddedSurroundings();

    @Override
    public String description() {
        return "embedded VDI, one process";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public ClientHalf newClient() {
        return new ProviderClient(Providers.choose(VdiProvider.EMBEDDED));
    }

    @Override
    public ClientHalf newSecondary() {
        return newClient();
    }

    @Override
    public ClientHalf newClientAmid(Surroundings around) {
        return surroundings.newClient(around);
    }

    @Override
    public ServerHalf2 newServer() {
        return new ComServer2(EmbeddedVdi.createServerSet());
    }

    @Override
    public LegacyServerHalf newLegacyServer() {
        UnknownCalls set = new UnknownCalls(EmbeddedVdi.createServerSet());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = ProviderClient.longCell(arena);
            Stage.ok("QueryInterface", set.queryInterface(
                    Guids.IID_IServerVirtualDeviceSet.address(), out.address()));
            return new ComLegacyServer(out.get(JAVA_LONG, 0));
        } finally {
            set.release();
        }
    }

    @Override
    public void close() {
        surroundings.close();
    }
}
