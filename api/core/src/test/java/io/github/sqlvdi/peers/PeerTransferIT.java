package io.github.sqlvdi.peers;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backup and restore of 1 GiB through each native peer, over 1 and over 8 devices. */
class PeerTransferIT {

    private static final long BYTES = 1L << 30;

    @ParameterizedTest
    @CsvSource({"C, 1", "C, 8", "CPP, 1", "CPP, 8", "LINUX, 1", "LINUX, 8"})
    void backupOfOneGibibyteIsByteIdentical(Peer peer, int devices) throws Exception {
        PeerTransfers.run(peer, PeerPlan.backup(devices, BYTES / devices));
    }

    @ParameterizedTest
    @CsvSource({"C, 1", "C, 8", "CPP, 1", "CPP, 8", "LINUX, 1", "LINUX, 8"})
    void restoreOfOneGibibyteIsByteIdentical(Peer peer, int devices) throws Exception {
        PeerTransfers.run(peer, PeerPlan.restore(devices, BYTES / devices));
    }
}
