package io.github.sqlvdi.conformance;

import io.github.sqlvdi.internal.engine.EmbeddedVdi;
import io.github.sqlvdi.internal.platform.NativeLibraries;
import io.github.sqlvdi.internal.provider.Provider;
import io.github.sqlvdi.peers.Peer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A native library: the client half through the provider that a user would get for its library, the server half through
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

    private final String description;
    private final Supplier<Provider> provider;
    private final LongSupplier serverSets;
    private final Map<String, String> differences;

    private PeerVdiUnderTest(String description, Supplier<Provider> provider, LongSupplier serverSets,
            Map<String, String> differences) {
        this.description = description;
        this.provider = provider;
        this.serverSets = serverSets;
        this.differences = differences;
    }

    static PeerVdiUnderTest of(Peer peer) {
        peer.library();
        Map<String, String> differences = new HashMap<>(peer == Peer.LINUX ? DIFFERENT_ON_LINUX : Map.of());
        differences.put(SERVER_SET, NO_LEGACY);
        return new PeerVdiUnderTest("native peer " + peer, peer::provider, peer::createServerSet, differences);
    }

    /** A {@code libsqlvdi.so} for the client half, the embedded VDI of this process for the server half. */
    static PeerVdiUnderTest ofLibrary(String description, Path library) {
        Provider provider = NativeLibraries.open(library);
        return new PeerVdiUnderTest(description, () -> provider, EmbeddedVdi::createServerSet, DIFFERENT_ON_LINUX);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.SERVER, Capability.ONE_PROCESS);
    }

    /** The cases that the peer leaves out: methods it lacks, and rules that the reference states differently for Linux. */
    @Override
    public Optional<String> leftOut(Case test) {
        return differences.entrySet().stream().filter(reason -> test.title().contains(reason.getKey()))
                .map(Map.Entry::getValue).findFirst();
    }

    @Override
    public ClientHalf newClient() {
        return new ProviderClient(provider.get());
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
        return new ComServer2(serverSets.getAsLong());
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
