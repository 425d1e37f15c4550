package io.github.sqlvdi.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.AbortReason;
import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.DeviceState;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.SetPhase;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.embedded.EmbeddedSet.Device;
import io.github.sqlvdi.server.EmbeddedPair;
import io.github.sqlvdi.server.ServerCommand;
import io.github.sqlvdi.server.ServerDeviceSet;
import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What an onlooker sees of a set in each of its phases. */
class EmbeddedSetTest {

    private static final long PID = ProcessHandle.current().pid();
    private static final Duration BOUND = Patience.LONG;

    private static EmbeddedSet find(String name) throws IOException {
        List<EmbeddedSet> found = EmbeddedSet.list().stream().filter(set -> set.name().equals(name)).toList();
        return found.isEmpty() ? null : found.getFirst();
    }

    private static List<String> members(EmbeddedSet set) {
        return set.processes().stream().map(member -> member.role() + " " + member.pid()).toList();
    }

    private static String text(Device device) {
        return device.name() + " " + device.state() + " " + device.ownerPid() + " " + device.sent() + " "
                + device.fetched() + " " + device.completed();
    }

    @Test
    void setIsSeenFromItsCreationToItsEnd() throws IOException {
        String name = "seen-" + UUID.randomUUID();
        try (VirtualDeviceSet client = VirtualDeviceSet.builder(name).instance("SALES").provider(VdiProvider.EMBEDDED)
                .config(VdiConfig.builder().deviceCount(2).features(Features.REQUEST_COMPLETE).build()).create()) {
            EmbeddedSet created = find(name);
            assertEquals("SALES", created.instance());
            assertEquals(SetPhase.CREATED, created.phase());
            assertEquals(Optional.empty(), created.abortReason());
            assertEquals(Features.REQUEST_COMPLETE, created.features());
            assertEquals(0, created.bufferAreas());
            assertEquals(List.of("PRIMARY " + PID), members(created));
            String unopened = "Optional.empty NOT_OPEN OptionalLong.empty 0 0 0";
            assertEquals(List.of(unopened, unopened), created.devices().stream().map(EmbeddedSetTest::text).toList());
            try (ServerDeviceSet server =
                    ServerDeviceSet.builder(name).instance("SALES").provider(VdiProvider.EMBEDDED).open()) {
                assertEquals(2, server.configuration().deviceCount());
                EmbeddedSet connected = find(name);
                assertEquals(SetPhase.CONNECTED, connected.phase());
                assertEquals(List.of("PRIMARY " + PID, "SERVER " + PID), members(connected));
                client.abort();
                assertEquals(Optional.of(AbortReason.CLIENT), find(name).abortReason());
            }
            assertEquals(List.of("PRIMARY " + PID), members(find(name)));
        }
        assertEquals(null, find(name));
    }

    @Test
    void countersTellWhereTheCommandsAre() throws Exception {
        try (EmbeddedPair pair = new EmbeddedPair(2, Features.WRITE_MEDIA, 3)) {
            String name = pair.client.name();
            CountDownLatch completed = new CountDownLatch(1);
            for (int i = 0; i < 3; i++) {
                MemorySegment buffer = pair.server.allocateBuffer(EmbeddedPair.TRANSFER, 0);
                pair.serverDevices.getFirst().send(new ServerCommand(command -> completed.countDown())
                        .set(CommandCode.WRITE, EmbeddedPair.TRANSFER, 0, buffer));
            }
            VirtualDevice device = pair.clientDevices.getFirst();
            assertEquals(CommandResult.COMMAND, device.getCommand(BOUND));
            device.command().complete();
            assertEquals(CommandResult.COMMAND, device.getCommand(BOUND));
            assertTrue(completed.await(BOUND.toSeconds(), TimeUnit.SECONDS));

            EmbeddedSet set = find(name);
            assertEquals(SetPhase.CONFIGURED, set.phase());
            assertEquals(1, set.bufferAreas());
            assertEquals(Features.WRITE_MEDIA, set.features() & (Features.WRITE_MEDIA | Features.READ_MEDIA));
            Device busy = set.devices().getFirst();
            assertEquals(String.format(Locale.ROOT, "Optional[%s] OPEN OptionalLong[%d] 3 2 1", name, PID), text(busy));
            assertEquals(1, busy.queued());
            assertEquals(1, busy.active());
            assertEquals(String.format(Locale.ROOT, "Optional[%s-1] OPEN OptionalLong[%d] 0 0 0", name, PID),
                    text(set.devices().getLast()));
            pair.serverDevices.getLast().close();
            assertEquals(DeviceState.CLOSED, find(name).devices().getLast().state());
        }
    }

    @Test
    void lookingChangesNothing() throws Exception {
        try (EmbeddedPair pair = new EmbeddedPair(1, Features.READ_MEDIA, 1)) {
            EmbeddedSet first = find(pair.client.name());
            for (int look = 0; look < 100; look++) {
                assertEquals(first, find(pair.client.name()));
            }
            CountDownLatch completed = new CountDownLatch(1);
            pair.serverDevices.getFirst().send(new ServerCommand(command -> completed.countDown())
                    .set(CommandCode.READ, 512, 0, pair.server.allocateBuffer(EmbeddedPair.TRANSFER, 0)));
            assertEquals(CommandResult.COMMAND, pair.clientDevices.getFirst().getCommand(BOUND));
            pair.clientDevices.getFirst().command().complete();
            assertTrue(completed.await(BOUND.toSeconds(), TimeUnit.SECONDS));
            pair.serverDevices.getFirst().close();
            assertEquals(CommandResult.CLOSED, pair.clientDevices.getFirst().getCommand(BOUND));
        }
    }
}
