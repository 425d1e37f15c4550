package io.github.sqlvdi.samples;

import io.github.sqlvdi.DeviceNames;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.stream.CommandHandler;
import io.github.sqlvdi.stream.DeviceLoop;
import io.github.sqlvdi.stream.JobDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A device set that several processes serve: the primary creates the set and serves no device, each of its secondaries
 * serves one device (VDI reference 2.4). The statement decides whether the secondaries write or read their files.
 *
 * <pre>
 *   primary   creates the set, waits for the server, starts the secondaries, watches them, closes the set last
 *   secondary joins the set by its name, opens its device, serves it until the server closes it
 * </pre>
 */
public final class MultiProcess {

    private static final String SECONDARY = "--secondary";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private MultiProcess() {
    }

    /**
     * Runs the primary, or one of the secondaries that it starts. Ends the JVM with exit code 1 if any of them failed.
     *
     * @param arguments the name of the device set and a file for each device; for a secondary {@code --secondary}, the
     *     name of the set, the name of its device, its file
     */
    public static void main(String... arguments) {
        ChildJvm.endWithParent();
        try {
            if (arguments.length == 4 && arguments[0].equals(SECONDARY)) {
                serve(arguments[1], arguments[2], Path.of(arguments[3]));
            } else if (arguments.length >= 2) {
                lead(arguments[0], List.of(arguments).subList(1, arguments.length));
            } else {
                throw new IOException("expected the name of the device set and a file for each device");
            }
        } catch (IOException | InterruptedException | VdiException failure) {
            System.err.println(ProcessHandle.current().pid() + ": " + failure.getMessage());
            System.exit(1);
        }
    }

    /** Runs the primary. */
    private static void lead(String name, List<String> files) throws IOException, InterruptedException {
        VdiConfig request = VdiConfig.builder().deviceCount(files.size()).build();
        try (VirtualDeviceSet set = VirtualDeviceSet.builder(name).config(request).create()) {
            System.out.println("Device set " + name + " waits for its server, which is to write or read " + files.size()
                    + " devices");
            set.awaitConfiguration(PATIENCE)
                    .orElseThrow(() -> new IOException("no statement opened the device set within " + PATIENCE));
            List<String> devices = DeviceNames.of(name, files.size());
            List<Process> secondaries = new ArrayList<>();
            try {
                for (int i = 0; i < files.size(); i++) { // only now: a set must be configured before it is joined
                    secondaries.add(ChildJvm.start(MultiProcess.class, SECONDARY, name, devices.get(i), files.get(i)));
                }
                watch(set, secondaries);
            } finally {
                secondaries.forEach(Process::destroy); // does nothing to a process that has ended
            }
        }
    }

    /**
     * Waits for the secondaries in the order in which they end. A wait for each in turn would miss that a later one has
     * died, and the server would wait for its device forever (VDI reference 11.3). A secondary that fails ends the work
     * of all processes.
     */
    private static void watch(VirtualDeviceSet set, List<Process> secondaries)
            throws IOException, InterruptedException {
        BlockingQueue<Process> ended = new LinkedBlockingQueue<>();
        secondaries.forEach(secondary -> secondary.onExit().thenAccept(ended::add));
        int failed = 0;
        for (int i = 0; i < secondaries.size(); i++) {
            Process secondary = ended.take();
            if (secondary.exitValue() != 0) {
                System.err.println(
                        String.format(Locale.ROOT, "Secondary process %d ended with code %d, the set is aborted",
                                secondary.pid(), secondary.exitValue()));
                set.abort();
                failed++;
            }
        }
        if (failed > 0) {
            throw new IOException(
                    String.format(Locale.ROOT, "%d of %d secondaries failed", failed, secondaries.size()));
        }
    }

    /** Runs a secondary. An exception closes the set, which aborts it because the server has not closed the device. */
    private static void serve(String name, String device, Path path) throws IOException {
        try (VirtualDeviceSet set = VirtualDeviceSet.builder(name).openInSecondary()) {
            VdiConfig agreed = set.awaitConfiguration(PATIENCE).orElseThrow(); // at once: the primary is configured
            JobDevice file = agreed.isBackup() ? JobDevice.toFile(path) : JobDevice.fromFile(path);
            boolean good = false;
            try {
                file.prepare();
                try (CommandHandler handler = file.open(agreed)) {
                    DeviceLoop loop = new DeviceLoop(set.openDevice(device), handler);
                    good = loop.run() == DeviceLoop.End.CLOSED && loop.failure().isEmpty();
                    System.out.println(String.format(Locale.ROOT, "Device %s, process %d: %,d bytes %s %s", device,
                            ProcessHandle.current().pid(), handler.bytesTransferred(),
                            agreed.isBackup() ? "to" : "from",
                            path));
                }
            } finally {
                file.finish(good); // keeps or discards a file that was written
            }
            if (!good) {
                throw new IOException("device " + device + " was aborted, or its file failed");
            }
        }
    }
}
