package io.github.sqlvdi.processes;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.server.CompletionAgent;
import io.github.sqlvdi.server.ServerAnswer;
import io.github.sqlvdi.server.ServerCommand;
import io.github.sqlvdi.server.ServerDevice;
import io.github.sqlvdi.server.ServerDeviceSet;
import io.github.sqlvdi.testing.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A server that writes (or reads) a stream on each device of a set, with several commands outstanding. */
final class ServerRole {
    private static final int BLOCK = 512;
    private static final long BOUND_SECONDS = Patience.SECONDS;
    private static final int TRANSFER = 65_536;

    private final String name;
    private final int devices;
    private final int commands;
    private final int size;
    private final int depth;
    private final boolean restore;
    private final CountDownLatch mayGo;
    private final Consumer<String> report;
    private final String[] results;
    private volatile String failure = "OK";

    ServerRole(String name, int devices, int commands, int size, int depth, String mode, Consumer<String> report) {
        this.name = name;
        this.devices = devices;
        this.commands = commands;
        this.size = size;
        this.depth = depth;
        this.restore = mode.equals("restore");
        this.mayGo = new CountDownLatch(mode.equals("idle") ? 1 : 0);
        this.report = report;
        this.results = new String[devices];
    }

    /** Lets an idle server begin. */
    void go() {
        mayGo.countDown();
    }

    void run() {
        try (ServerDeviceSet set = ServerDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).open()) {
            report.accept("opened");
            int direction = restore ? Features.READ_MEDIA : Features.WRITE_MEDIA;
            int transfer = Math.max(TRANSFER, (size + TRANSFER - 1) / TRANSFER * TRANSFER);
            set.beginConfiguration(ServerAnswer.builder().features(set.configuration().features() | direction)
                    .blockSize(BLOCK).maxTransferSize(transfer).timeout(Duration.ofSeconds(1)).build());
            set.requestBuffers(size, 0, devices * depth);
            set.endConfiguration();
            CompletionAgent agent = set.startCompletionAgent();
            serveAll(set);
            if (!failure.equals("OK") && !agent.join(Patience.LONG)) {
                failure = "agent_still_runs_after_" + failure;
            }
        } catch (VdiException e) {
            fail(e.codeName());
        } catch (Exception | Error e) {
            fail(e.toString());
        }
        report.accept("ended " + failure + " " + String.join(",", resultsOrNone()));
    }

    private String[] resultsOrNone() {
        String[] all = new String[devices];
        for (int i = 0; i < devices; i++) {
            all[i] = results[i] == null ? "none" : results[i];
        }
        return all;
    }

    private synchronized void fail(String text) {
        if (failure.equals("OK")) {
            failure = text.replace(' ', '_').replace('\n', '_');
        }
    }

    private void serveAll(ServerDeviceSet set) throws InterruptedException {
        List<ServerDevice> opened = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            opened.add(set.openDevice(ClientRole.deviceName(name, i)));
        }
        report.accept("devices open");
        if (!mayGo.await(BOUND_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("was not told to go");
        }
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            int index = i;
            ServerDevice device = opened.get(i);
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    serve(set, device, index);
                } catch (VdiException e) {
                    fail(e.codeName());
                } catch (Exception | Error e) {
                    fail(e.toString());
                    set.abort();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void serve(ServerDeviceSet set, ServerDevice device, int index) throws InterruptedException {
        BlockingQueue<ServerCommand> done = new ArrayBlockingQueue<>(depth);
        Pattern pattern = new Pattern(index, size);
        List<ServerCommand> fresh = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            ServerCommand command = new ServerCommand(done::add);
            command.set(restore ? CommandCode.READ : CommandCode.WRITE, size, 0, set.allocateBuffer(size, 0));
            fresh.add(command);
        }
        int sent = 0;
        int received = 0;
        boolean end = false;
        while (received < sent || !end) {
            if (!end && sent - received < depth) {
                ServerCommand command = fresh.isEmpty() ? done.poll() : fresh.removeLast();
                if (command != null) {
                    if (!restore) {
                        pattern.fill(command.buffer());
                    }
                    command.set(command.code(), size, 0, command.buffer());
                    device.send(command);
                    sent++;
                    end = !restore && sent == commands;
                    continue;
                }
            }
            ServerCommand command = done.poll(BOUND_SECONDS, TimeUnit.SECONDS);
            if (command == null) {
                throw new IllegalStateException("no completion in time");
            }
            received++;
            end |= account(command, pattern);
            fresh.add(command);
        }
        finish(device, done);
        results[index] = pattern.checksum();
    }

    /** @return whether this was the end of the data */
    private boolean account(ServerCommand command, Pattern pattern) {
        if (command.completionCode() == CompletionCodes.HANDLE_EOF) {
            return true;
        }
        requireNotAborted(command);
        if (command.completionCode() != CompletionCodes.SUCCESS || command.bytesTransferred() != size) {
            throw new IllegalStateException("completed with " + command.completionCode());
        }
        if (restore && !pattern.matches(command.buffer())) {
            throw new IllegalStateException("wrong data read");
        }
        return false;
    }

    private static void requireNotAborted(ServerCommand command) {
        if (command.completionCode() == CompletionCodes.OPERATION_ABORTED) {
            throw new VdiAbortedException("command");
        }
    }

    private void finish(ServerDevice device, BlockingQueue<ServerCommand> done) throws InterruptedException {
        ServerCommand flush = new ServerCommand(done::add).set(CommandCode.FLUSH);
        done.clear();
        device.send(flush);
        if (done.poll(BOUND_SECONDS, TimeUnit.SECONDS) == null) {
            throw new IllegalStateException("Flush is not completed in time");
        }
        requireNotAborted(flush);
        if (flush.completionCode() != CompletionCodes.SUCCESS) {
            throw new IllegalStateException("Flush ended with " + flush.completionCode());
        }
        device.close();
    }
}
