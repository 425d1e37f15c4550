package io.github.sqlvdi.conformance;

import java.util.Optional;
import java.util.Set;

/**
 * The implementation under test: a factory of COM objects behind their drivers. The embedded VDI in one process, the
 * embedded VDI in two processes and a native library each have one.
 */
interface VdiUnderTest extends AutoCloseable {

    /** For the report, such as "embedded VDI, one process". */
    String description();

    Set<Capability> capabilities();

    /** Why a case does not apply to this implementation, although it has the capabilities; empty when it does. */
    default Optional<String> leftOut(Case test) {
        return Optional.empty();
    }

    /** A new IClientVirtualDeviceSet2 of this process. */
    ClientHalf newClient();

    /** A new IClientVirtualDeviceSet2 for a secondary; may live in another process. */
    ClientHalf newSecondary();

    /** A new IClientVirtualDeviceSet2 in a process with these surroundings; needs {@link Capability#SURROUNDINGS}. */
    ClientHalf newClientAmid(Surroundings surroundings);

    /** A new IServerVirtualDeviceSet2; may live in another process. */
    ServerHalf2 newServer();

    /** A new server object seen through its IServerVirtualDeviceSet. */
    LegacyServerHalf newLegacyServer();

    @Override
    void close();
}
