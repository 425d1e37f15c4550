package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.embedded.EmbeddedSet;
import io.github.sqlvdi.server.ServerAnswer;
import io.github.sqlvdi.server.ServerCommand;
import io.github.sqlvdi.server.ServerDevice;
import io.github.sqlvdi.server.ServerDeviceSet;
import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What {@code sqlvdi sets} prints, of real sets of this process. */
class SetReportTest {

    private static final String PID = Long.toString(ProcessHandle.current().pid());
    private static final Duration BOUND = Patience.LONG;

    private final String name = "report-" + UUID.randomUUID();

    private static VirtualDeviceSet create(String name, int devices) {
        return VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED)
                .config(VdiConfig.builder().deviceCount(devices).build()).create();
    }

    private static EmbeddedSet look(String name) throws IOException {
        return EmbeddedSet.list().stream().filter(set -> set.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void workingSetIsATableOfItsDevices() throws Exception {
        try (VirtualDeviceSet client = create(name, 2);
                ServerDeviceSet server = ServerDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).open()) {
            server.beginConfiguration(ServerAnswer.builder().features(Features.WRITE_MEDIA).timeout(BOUND).build());
            server.requestBuffers(65_536, 0, 1);
            server.endConfiguration();
            server.startCompletionAgent();
            client.awaitConfiguration(BOUND).orElseThrow();
            try (ServerDevice device = server.openDevice(name)) {
                VirtualDevice served = client.openDevice(name);
                Semaphore completed = new Semaphore(0);
                for (int command = 0; command < 1_234; command++) {
                    device.send(new ServerCommand(done -> completed.release()).set(CommandCode.FLUSH));
                    assertEquals(CommandResult.COMMAND, served.getCommand(BOUND));
                    served.command().complete();
                    completed.tryAcquire(BOUND.toMillis(), TimeUnit.MILLISECONDS);
                }
                for (int command = 0; command < 5; command++) {
                    device.send(new ServerCommand(done -> {
                    }).set(CommandCode.FLUSH));
                }
                assertEquals(CommandResult.COMMAND, served.getCommand(BOUND));
                assertEquals(CommandResult.COMMAND, served.getCommand(BOUND));
                String wide = "%-" + name.length() + "s  %-8s  %-7s  %5s  %7s  %9s  %6s  %6s";
                assertEquals(List.of(
                        name + " on MSSQLSERVER: configured, 2 devices, 1 buffer area",
                        "  features   VDF_LikePipe | VDF_WriteMedia (0x00010000)",
                        "  processes  primary " + PID + ", server " + PID,
                        "  " + String.format(Locale.ROOT, wide, "device", "state", "process", "sent", "fetched",
                                "completed", "queued",
                                "active"),
                        "  " + String.format(Locale.ROOT, wide, name, "open", PID, "1,239", "1,236", "1,234", "3", "2"),
                        "  " + String.format(Locale.ROOT, wide, "-", "not open", "-", "0", "0", "0", "0", "0")),
                        SetReport.of(List.of(look(name))));
                client.abort();
            }
        }
    }

    @Test
    void setsAreSetApartAndAnAbortIsTold() throws IOException {
        try (VirtualDeviceSet client = create(name, 1)) {
            client.abort();
            EmbeddedSet one = look(name);
            List<String> lines = SetReport.of(List.of(one, one));
            assertEquals(name + " on MSSQLSERVER: created, aborted (a client called SignalAbort), 1 device, "
                    + "0 buffer areas", lines.getFirst());
            assertEquals(lines.subList(0, 5), lines.subList(6, 11));
            assertEquals("", lines.get(5));
        }
    }

    @Test
    void controlCharactersInNamesDoNotReachTheTerminal() throws IOException {
        String ugly = name + "\u001b[2Jü\u009b\n";
        VirtualDeviceSet client = create(ugly, 1);
        try {
            assertEquals(name + "\\u001b[2Jü\\u009b\\u000a on MSSQLSERVER: created, 1 device, 0 buffer areas",
                    SetReport.of(List.of(look(ugly))).getFirst());
        } finally {
            client.close();
        }
    }

    @Test
    void noSetIsSaidClearly() {
        assertEquals(List.of("No live device sets of this user."), SetReport.of(List.of()));
    }
}
