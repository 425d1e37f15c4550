package io.github.sqlvdi.peers;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Backup and restore of many bytes through each native peer, over 1 and over 8 devices. Option:
 * {@code -Dsqlvdi.transfer.mebibytes=1024}, as {@code .ci/run} has it.
 */
class PeerTransferIT {

    private static final long BYTES = Long.getLong("sqlvdi.transfer.mebibytes", 96) << 20;

    @ParameterizedTest
    @CsvSource({"C, 1", "C, 8", "CPP, 1", "CPP, 8", "LINUX, 1", "LINUX, 8"})
    void backupOfManyBytesIsByteIdentical(Peer peer, int devices) throws Exception {
        PeerTransfers.run(peer, PeerPlan.backup(devices, BYTES / devices));
    }

    @ParameterizedTest
    @CsvSource({"C, 1", "C, 8", "CPP, 1", "CPP, 8", "LINUX, 1", "LINUX, 8"})
    void restoreOfManyBytesIsByteIdentical(Peer peer, int devices) throws Exception {
        PeerTransfers.run(peer, PeerPlan.restore(devices, BYTES / devices));
    }
}
