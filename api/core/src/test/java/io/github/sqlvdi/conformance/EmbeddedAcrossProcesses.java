package io.github.sqlvdi.conformance;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The embedded VDI with the client in this process, the server in a second and secondaries in a third one. */
final class EmbeddedAcrossProcesses implements VdiUnderTest {

    private final HalfProcess serverProcess = HalfProcess.start(Map.of());
    private final HalfProcess secondaryProcess = HalfProcess.start(Map.of());
    private final EmbeddedSurroundings surroundings = new EmbeddedSurroundings();
    private final EmbeddedVdiUnderTest here = new EmbeddedVdiUnderTest();

    @Override
    public String description() {
        return "embedded VDI, three processes";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.ONE_PROCESS));
    }

    @Override
    public ClientHalf newClient() {
        return here.newClient();
    }

    @Override
    public ClientHalf newSecondary() {
        return secondaryProcess.make(ClientHalf.class);
    }

    @Override
    public ClientHalf newClientAmid(Surroundings around) {
        return surroundings.newClient(around);
    }

    @Override
    public ServerHalf2 newServer() {
        return serverProcess.make(ServerHalf2.class);
    }

    @Override
    public LegacyServerHalf newLegacyServer() {
        return serverProcess.make(LegacyServerHalf.class);
    }

    @Override
    public void close() {
        here.close();
        surroundings.close();
        secondaryProcess.close();
        serverProcess.close();
    }
}
