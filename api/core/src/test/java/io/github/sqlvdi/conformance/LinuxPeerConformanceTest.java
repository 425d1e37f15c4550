package io.github.sqlvdi.conformance;

import io.github.sqlvdi.peers.Peer;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The suite against the native peer LINUX. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "C++ classes as compilers for Linux lay them out")
class LinuxPeerConformanceTest extends ConformanceSuite {

    @Override
    VdiUnderTest implementation() {
        return PeerVdiUnderTest.of(Peer.LINUX);
    }
}
