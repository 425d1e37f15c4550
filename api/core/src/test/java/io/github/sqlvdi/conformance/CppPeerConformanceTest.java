package io.github.sqlvdi.conformance;

import io.github.sqlvdi.peers.Peer;

/** The suite against the native peer CPP. */
class CppPeerConformanceTest extends ConformanceSuite {

    @Override
    VdiUnderTest implementation() {
        return PeerVdiUnderTest.of(Peer.CPP);
    }
}
