package io.github.sqlvdi.peers;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backup and restore through each native peer, small. */
class PeerTransferTest {

    private static final long BYTES = 8 << 20;

    @ParameterizedTest
    @CsvSource({"C, 1", "C, 8", "CPP, 1", "CPP, 8", "LINUX, 1", "LINUX, 8"})
    void backupIsByteIdentical(Peer peer, int devices) throws Exception {
        PeerTransfers.run(peer, PeerPlan.backup(devices, BYTES / devices));
    }

    @ParameterizedTest
    @CsvSource({"C, 1", "C, 8", "CPP, 1", "CPP, 8", "LINUX, 1", "LINUX, 8"})
    void restoreIsByteIdentical(Peer peer, int devices) throws Exception {
        PeerTransfers.run(peer, PeerPlan.restore(devices, BYTES / devices));
    }

    @ParameterizedTest
    @CsvSource({"C", "CPP", "LINUX"})
    void lastCommandMayBeShorterThanTheOthers(Peer peer) throws Exception {
        PeerTransfers.run(peer, PeerPlan.backup(1, (1 << 20) + 512));
    }
}
