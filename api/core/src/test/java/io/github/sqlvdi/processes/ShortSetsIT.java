package io.github.sqlvdi.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.internal.com.ComObjects;
import io.github.sqlvdi.internal.engine.host.HostProbe;
import io.github.sqlvdi.server.CompletionAgent;
import io.github.sqlvdi.server.ServerAnswer;
import io.github.sqlvdi.server.ServerCommand;
import io.github.sqlvdi.server.ServerDevice;
import io.github.sqlvdi.server.ServerDeviceSet;
import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Many short sets, one after the other, in a JVM with a heap of 64 MB: descriptors, mappings, threads, COM objects and
 * resident memory stay where they were. Option: {@code -Dsqlvdi.sets=20000}.
 */
@Timeout(3_600)
@EnabledOnOs(OS.LINUX)
class ShortSetsIT {
    private static final int SETS = Integer.getInteger("sqlvdi.sets", 300);
    private static final int TRANSFER = 65_536;
    /** What the JVM's own memory may grow by after the first half: code caches and metaspace are never quite done. */
    private static final long GROWTH_KIB = 24 * 1024;

    /** What a process holds. */
    private record Holdings(long descriptors, long mappings, long threads, long comObjects, long residentKib) {

        static Holdings now() throws IOException {
            System.gc(); // command blocks go with the collector
            return new Holdings(count("/proc/self/fd"), HostProbe.current().mappings().size(), count("/proc/self/task"),
                    ComObjects.liveCount(), resident());
        }

        private static long count(String folder) throws IOException {
            try (Stream<Path> entries = Files.list(Path.of(folder))) {
                return entries.count();
            }
        }

        private static long resident() throws IOException {
            String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", ""));
        }
    }

    /** The process that makes the sets. */
    static final class Maker {
        public static void main(String[] args) throws Exception {
            int sets = Integer.parseInt(System.getProperty("sets"));
            for (int i = 0; i < sets; i++) {
                if (i == sets / 2) {
                    System.out.println("half " + Holdings.now());
                }
                make("short-" + i);
            }
            System.out.println("end " + Holdings.now());
        }

        private static void make(String name) throws Exception {
            Semaphore done = new Semaphore(0);
            CompletionAgent agent;
            try (VirtualDeviceSet client = VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).create();
                    ServerDeviceSet server = ServerDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).open()) {
                server.beginConfiguration(ServerAnswer.builder().features(Features.WRITE_MEDIA).blockSize(512)
                        .maxTransferSize(TRANSFER).timeout(Patience.LONG).build());
                server.requestBuffers(TRANSFER, 0, 1);
                server.endConfiguration();
                agent = server.startCompletionAgent();
                ServerDevice sender = server.openDevice(name);
                client.awaitConfiguration(Patience.LONG).orElseThrow();
                VirtualDevice device = client.openDevice(name);
                ServerCommand command = new ServerCommand(completed -> done.release());
                command.set(CommandCode.WRITE, TRANSFER, 0, server.allocateBuffer(TRANSFER, 0));
                sender.send(command);
                if (device.getCommand(Patience.LONG) != CommandResult.COMMAND) {
                    throw new IllegalStateException("no command");
                }
                device.command().complete();
                if (!done.tryAcquire(Patience.SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("no completion");
                }
                sender.close();
                if (device.getCommand(Patience.LONG) != CommandResult.CLOSED) {
                    throw new IllegalStateException("not closed");
                }
            }
            agent.join(Patience.LONG);
        }
    }

    @Test
    void shortSetsLeaveNothingBehind() throws Exception {
        try (Worker maker = Worker.start(List.of(), Maker.class, "-Xmx64m", "-Dsets=" + SETS)) {
            long[] half = numbers(maker.expect("half"));
            long[] end = numbers(maker.expect("end"));
            System.out.printf(Locale.ROOT, "%,d short sets: descriptors %d, regions %d, threads %d, COM objects %d, "
                    + "resident %,d KiB after half of them and %,d KiB at the end%n", SETS, end[0], end[1], end[2],
                    end[3],
                    half[4], end[4]);
            assertEquals(half[0], end[0], "descriptors");
            assertEquals(0, end[1], "regions");
            assertTrue(end[2] <= half[2] + 2, "threads: " + half[2] + ", then " + end[2]); // of the JVM itself
            assertEquals(half[3], end[3], "COM objects");
            assertTrue(end[4] <= half[4] + GROWTH_KIB, "resident KiB: " + half[4] + ", then " + end[4]);
        }
    }

    private static long[] numbers(String line) {
        return Stream.of(line.split("\\D+")).filter(number -> !number.isEmpty()).mapToLong(Long::parseLong).toArray();
    }
}
