package io.github.sqlvdi.peers;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.peers.PeerPlan.Fault;
import io.github.sqlvdi.testing.MachineLag;
import io.github.sqlvdi.testing.Patience;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Aborts, time-outs and failures of either side through each native peer, all within bounds. */
class PeerEndsTest {

    private static final Duration BOUND = Patience.LONG;
    private static final long BYTES = 4 << 20;

    @ParameterizedTest
    @EnumSource(names = {"C", "CPP", "LINUX"})
    void abortOfTheClientEndsBothSides(Peer peer) {
        PeerPlan plan = PeerPlan.backup(4, BYTES);
        assertTimeout(BOUND, () -> {
            try (PeerClient client = new PeerClient(peer, plan)) {
                Peer.Statement statement = peer.start(client.name, plan);
                client.serve((command, device, at) -> {
                    if (device == 2 && at == BYTES / 2) {
                        client.set.abort();
                    }
                    client.transfer(command, device, at);
                });
                assertAborted(client);
                assertEquals(CompletionCodes.OPERATION_ABORTED, statement.verdict().completionCode());
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"C", "CPP", "LINUX"})
    void abortOfTheServerEndsBothSides(Peer peer) {
        PeerPlan plan = PeerPlan.restore(4, BYTES).failing(Fault.ABORT, BYTES / 2);
        assertTimeout(BOUND, () -> {
            try (PeerClient client = new PeerClient(peer, plan)) {
                Peer.Statement statement = peer.start(client.name, plan);
                client.serve(client::transfer);
                assertAborted(client);
                assertEquals(CompletionCodes.OPERATION_ABORTED, statement.verdict().completionCode());
            }
        });
    }

    private static void assertAborted(PeerClient client) {
        ExecutionException failure = assertThrows(ExecutionException.class, client::await);
        VdiAbortedException aborted = assertInstanceOf(VdiAbortedException.class, failure.getCause());
        assertEquals(Hresults.VD_E_ABORT, aborted.hresult());
    }

    @ParameterizedTest
    @EnumSource(names = {"C", "CPP", "LINUX"})
    void abortEndsAWaitWithoutLimit(Peer peer) {
        PeerPlan plan = PeerPlan.backup(1, BYTES).failing(Fault.STALL, 0);
        assertTimeout(BOUND, () -> {
            try (PeerClient client = new PeerClient(peer, plan)) {
                Peer.Statement statement = peer.start(client.name, plan);
                client.set.awaitConfiguration();
                VirtualDevice device = client.set.openDevice(client.name);
                FutureTask<CommandResult> waiting = new FutureTask<>(() -> device.getCommand());
                Thread.ofPlatform().daemon().name("peer-waiting").start(waiting);
                client.set.abort();
                ExecutionException ended = assertThrows(ExecutionException.class,
                        () -> waiting.get(BOUND.toSeconds(), TimeUnit.SECONDS));
                assertInstanceOf(VdiAbortedException.class, ended.getCause());
                assertEquals(Hresults.VD_E_ABORT, statement.verdict().result());
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"C", "CPP", "LINUX"})
    void idleDeviceTimesOutAndCanBeAskedAgain(Peer peer) {
        PeerPlan plan = PeerPlan.backup(1, BYTES).failing(Fault.STALL, 0);
        assertTimeout(BOUND, () -> {
            try (PeerClient client = new PeerClient(peer, plan)) {
                assertTrue(client.set.awaitConfiguration(ofMillis(20)).isEmpty(), "configuration without a statement");
                Peer.Statement statement = peer.start(client.name, plan);
                client.set.awaitConfiguration(BOUND).orElseThrow();
                VirtualDevice device = client.set.openDevice(client.name);
                try (MachineLag lag = MachineLag.start()) {
                    assertEquals(CommandResult.TIMEOUT, device.getCommand(ofMillis(100)));
                    Duration took = lag.assertWithin("GetCommand with 100 ms through " + peer, ofSeconds(1));
                    assertTrue(took.toMillis() >= 99, "100 ms took " + took);
                }
                assertEquals(CommandResult.TIMEOUT, device.getCommand(Duration.ZERO));
                client.set.abort();
                statement.verdict();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"C", "CPP", "LINUX"})
    void serverTimeOutAbortsAClientThatHoldsACommand(Peer peer) {
        assertTimeout(BOUND, () -> {
            int millis = 40;
            while (!isAbortedWhileItHoldsACommand(peer, ofMillis(millis))) {
                millis *= 4; // a busy machine let the set end before the client had the command
            }
        });
    }

    /** {@return false if the set was aborted before the client held a command} */
    private static boolean isAbortedWhileItHoldsACommand(Peer peer, Duration serverTimeOut) throws Exception {
        PeerPlan plan = PeerPlan.backup(1, BYTES);
        VdiConfig config = VdiConfig.builder().deviceCount(1).serverTimeOut(serverTimeOut).build();
        try (PeerClient client = new PeerClient(peer, plan, config)) {
            Peer.Statement statement = peer.start(client.name, plan);
            try {
                client.set.awaitConfiguration(BOUND).orElseThrow();
                VirtualDevice device = client.set.openDevice(client.name);
                assertEquals(CommandResult.COMMAND, device.getCommand(BOUND));
                assertEquals(CompletionCodes.OPERATION_ABORTED, statement.verdict().completionCode());
                assertThrows(VdiAbortedException.class, () -> device.command().complete());
                return true;
            } catch (VdiAbortedException early) {
                statement.verdict();
                return false;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"C", "CPP", "LINUX"})
    void failureCodeOfTheClientEndsTheStatementInOrder(Peer peer) {
        PeerPlan plan = PeerPlan.backup(2, BYTES);
        assertTimeout(BOUND, () -> {
            try (PeerClient client = new PeerClient(peer, plan)) {
                Peer.Statement statement = peer.start(client.name, plan);
                client.serve((command, device, at) -> {
                    if (device == 1 && at == BYTES / 2 && command.code() == CommandCode.WRITE) {
                        command.fail(CompletionCodes.DISK_FULL);
                    } else {
                        client.transfer(command, device, at);
                    }
                });
                client.await();
                assertEquals(CompletionCodes.DISK_FULL, statement.verdict().completionCode());
            }
        });
    }
}
