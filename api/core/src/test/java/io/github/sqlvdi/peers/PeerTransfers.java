package io.github.sqlvdi.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Whole statements of a peer through the public API. */
final class PeerTransfers {

    private PeerTransfers() {
    }

    /** Runs the plan and checks that every byte arrived and every object was given back. */
    static void run(Peer peer, PeerPlan plan) throws Exception {
        int before = peer.liveObjects();
        try (PeerClient client = new PeerClient(peer, plan)) {
            Peer.Statement statement = peer.start(client.name, plan);
            client.serve(client::transfer);
            client.await();
            assertEquals(PeerVerdict.good(plan), statement.verdict());
            assertEquals(0, client.wrongWords.sum(), "8-byte words that differ");
        }
        assertEquals(before, peer.liveObjects(), "objects of the peer that were not given back");
    }
}
