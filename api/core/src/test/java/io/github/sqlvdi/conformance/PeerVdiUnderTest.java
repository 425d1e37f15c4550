package io.github.sqlvdi.conformance;

import io.github.sqlvdi.peers.Peer;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A native peer: the client half through the provider that a user would get for its library, the server half through
 * vtables that a compiler laid out.
 */
final class PeerVdiUnderTest implements VdiUnderTest {

    private static final String SERVER_SET = "a server set answers QueryInterface for its own";
    private static final String NO_LEGACY = Capability.LEGACY_SERVER.missing();
    private static final String NO_COM = "the client half of libsqlvdi.so is no COM object (13.2)";
    private static final String ONE_INSTANCE = "SQL Server on Linux has no named instances (13.7)";
    private static final String NARROW_NAMES = "names on Linux are ASCII without a slash (13.4)";
    /** Parts of titles; LinuxProviderTest says what happens instead. */
    private static final Map<String, String> DIFFERENT_ON_LINUX = Map.ofEntries(
            Map.entry(SERVER_SET, NO_LEGACY),
            Map.entry("a client set ", NO_COM),
            Map.entry("a client device ", NO_COM),
            Map.entry("| name with / and ..", NARROW_NAMES),
            Map.entry("| name with blanks, quotes, Chinese and a smiley", NARROW_NAMES),
            Map.entry("| name of one half of a surrogate pair", NARROW_NAMES),
            Map.entry("| instance \"SQL2019\"", ONE_INSTANCE),
            Map.entry("| instance \"_x$#1\"", ONE_INSTANCE),
            Map.entry("| instance \"#SIXTEEN45678901\"", ONE_INSTANCE),
            Map.entry("| instance \"a\" ->", ONE_INSTANCE),
            Map.entry("| name of a live set of another instance", ONE_INSTANCE),
            Map.entry("| named instance on both sides", ONE_INSTANCE));

    private final Peer peer;

    PeerVdiUnderTest(Peer peer) {
        this.peer = peer;
        peer.library();
    }

    @Override
    public String description() {
        return "native peer " + peer;
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.SERVER, Capability.ONE_PROCESS);
    }

    /** The cases that the peer leaves out: methods it lacks, and rules that the reference states differently for Linux. */
    @Override
    public Optional<String> leftOut(Case test) {
        Map<String, String> reasons = peer == Peer.LINUX ? DIFFERENT_ON_LINUX : Map.of(SERVER_SET, NO_LEGACY);
        return reasons.entrySet().stream().filter(reason -> test.title().contains(reason.getKey()))
                .map(Map.Entry::getValue).findFirst();
    }

    @Override
    public ClientHalf newClient() {
        return new ProviderClient(peer.provider());
    }

    @Override
    public ClientHalf newSecondary() {
        return newClient();
    }

    @Override
    public ClientHalf newClientAmid(Surroundings surroundings) {
        throw new UnsupportedOperationException("needs " + Capability.SURROUNDINGS);
    }

    @Override
    public ServerHalf2 newServer() {
        return new ComServer2(peer.createServerSet());
    }

    @Override
    public LegacyServerHalf newLegacyServer() {
        throw new UnsupportedOperationException("needs " + Capability.LEGACY_SERVER);
    }

    @Override
    public void close() {
        // The library stays loaded, as every native library does.
    }
}
