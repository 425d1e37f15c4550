package io.github.sqlvdi.processes;

import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.Command;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.testing.Patience;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A primary or secondary that serves some devices of a set, a thread each. */
final class ClientRole {
    private static final Duration BOUND = Patience.LONG;

    private final String name;
    private final List<Integer> devices;
    private final int commands;
    private final int size;
    private final Consumer<String> report;
    private final ConcurrentHashMap<Integer, String> results = new ConcurrentHashMap<>();
    private final CountDownLatch exists = new CountDownLatch(1);
    private final CountDownLatch mayClose = new CountDownLatch(1);
    private volatile VirtualDeviceSet set;
    private volatile String failure = "OK";

    ClientRole(String name, List<Integer> devices, int commands, int size, Consumer<String> report) {
        this.name = name;
        this.devices = devices;
        this.commands = commands;
        this.size = size;
        this.report = report;
    }

    static String deviceName(String set, int device) {
        return device == 0 ? set : set + "." + device;
    }

    void primary(VdiConfig config) {
        end(() -> {
            set = VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).config(config).create();
            exists.countDown();
            report.accept("created");
            Optional<VdiConfig> answer = set.awaitConfiguration(BOUND);
            if (answer.isEmpty()) {
                throw new IllegalStateException("no server within " + BOUND);
            }
            report.accept("configured");
            serve();
        });
    }

    void secondary() {
        end(() -> {
            set = VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).openInSecondary();
            report.accept("joined");
            serve();
        });
    }

    /** Allows the set to be closed: the primary leaves last. */
    void allowClose() {
        mayClose.countDown();
    }

    /** Aborts the set, unless it has ended already. */
    void abort() throws InterruptedException {
        if (!exists.await(BOUND.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("there is no set to abort");
        }
        try {
            set.abort();
        } catch (IllegalStateException closed) {
            report.accept("was closed before the abort: " + closed.getMessage());
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private void end(Work work) {
        attempt(work);
        if (set != null) {
            attempt(set::close);
        }
        StringJoiner sums = new StringJoiner(",");
        devices.forEach(device -> sums.add(results.getOrDefault(device, "none")));
        report.accept("ended " + failure + " " + sums);
    }

    private void attempt(Work work) {
        try {
            work.run();
        } catch (VdiException e) {
            fail(e.codeName());
        } catch (Exception | Error e) {
            fail(e.toString());
        }
    }

    private synchronized void fail(String text) {
        if (failure.equals("OK")) {
            failure = text.replace(' ', '_').replace('\n', '_');
        }
    }

    private void serve() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int device : devices) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    serve(device);
                } catch (VdiException e) {
                    fail(e.codeName());
                } catch (RuntimeException | Error e) {
                    fail(e.toString());
                    set.abort();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        report.accept("served");
        if (failure.equals("OK") && !mayClose.await(BOUND.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("was not told to close");
        }
    }

    private void serve(int index) {
        VirtualDevice device = set.openDevice(deviceName(name, index));
        Pattern pattern = new Pattern(index, size);
        int filled = 0;
        while (true) {
            CommandResult result = device.getCommand(BOUND);
            if (result == CommandResult.CLOSED) {
                results.put(index, pattern.checksum());
                return;
            }
            if (result == CommandResult.TIMEOUT) {
                throw new IllegalStateException("no command within " + BOUND);
            }
            Command command = device.command();
            switch (command.code()) {
                case WRITE -> {
                    if (!pattern.matches(data(command, index))) {
                        throw wrongData(index, "another content");
                    }
                    command.complete();
                }
                case READ -> {
                    if (filled++ < commands) {
                        pattern.fill(data(command, index));
                        command.complete();
                    } else {
                        command.complete(CompletionCodes.HANDLE_EOF, 0);
                    }
                }
                default -> command.complete();
            }
        }
    }

    /** {@return the data of a command; a command of another size is wrong data, because the server never sends one} */
    private MemorySegment data(Command command, int index) {
        if (command.size() != size) {
            throw wrongData(index, command + " in place of " + size);
        }
        return command.data();
    }

    private static IllegalStateException wrongData(int index, String what) {
        return new IllegalStateException("wrong data on device " + index + ": " + what);
    }
}
