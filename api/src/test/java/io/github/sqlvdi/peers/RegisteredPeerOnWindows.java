package io.github.sqlvdi.peers;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Backup and restore through a peer that is registered with Windows, found by CoCreateInstance. Run by .ci/wine once it
 * has registered the peer; not part of the other tests, which find none registered.
 */
@EnabledOnOs(OS.WINDOWS)
class RegisteredPeerOnWindows {

    private static final long BYTES = 8 << 20;

    @ParameterizedTest
    @CsvSource({"1", "8"})
    void backupIsByteIdentical(int devices) throws Exception {
        PeerTransfers.run(Peer.C, PeerPlan.backup(devices, BYTES / devices));
    }

    @ParameterizedTest
    @CsvSource({"1", "8"})
    void restoreIsByteIdentical(int devices) throws Exception {
        PeerTransfers.run(Peer.C, PeerPlan.restore(devices, BYTES / devices));
    }
}
