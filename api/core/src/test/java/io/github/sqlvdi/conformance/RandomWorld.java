package io.github.sqlvdi.conformance;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The objects of one random episode beside their model: a primary, a secondary and one server object after the other.
 * A step that cannot be made at the moment, or whose result the reference leaves open, is left out.
 */
final class RandomWorld implements AutoCloseable {

    static final int SIZE = 4096;

    final VdiUnderTest vdi;
    final int deviceCount;
    final SetModel.Client primary;
    final SetModel.Client secondary;
    final List<String> trace = new ArrayList<>();
    private final List<ServerHalf2> servers = new ArrayList<>();
    private final List<Sending> sent = new ArrayList<>();
    /** The set that the server object is for; null when it has opened none. */
    SetModel serverSet;
    ServerHalf2 server;
    /** A callback has shown that the completion agent of this set runs. */
    boolean agentInside;

    /** A buffer of the server; dead when freed. */
    static final class Buffer {
        final long address;
        boolean alive = true;

        Buffer(long address) {
            this.address = address;
        }
    }

    /** A handle that GetBufferHandle gave. */
    record Handle(SetModel.Client client, SetModel set, Buffer buffer, int value) {
    }

    final List<Buffer> buffers = new ArrayList<>();
    final List<Handle> handles = new ArrayList<>();
    private final RandomClientSteps clientSteps = new RandomClientSteps(this);
    private final RandomServerSteps serverSteps = new RandomServerSteps(this);

    RandomWorld(VdiUnderTest vdi, int deviceCount) {
        this.vdi = vdi;
        this.deviceCount = deviceCount;
        primary = new SetModel.Client(vdi.newClient(), true);
        secondary = new SetModel.Client(vdi.newSecondary(), false);
        newServer();
    }

    void newServer() {
        server = vdi.newServer();
        servers.add(server);
        serverSet = null;
        agentInside = false;
        buffers.clear();
    }

    /** Makes the step and compares. @return false when it was left out */
    boolean make(RandomStep step) {
        return clientSteps.make(step) || serverSteps.make(step);
    }

    SetModel.Phase serverPhase() {
        return serverSet == null ? SetModel.Phase.NEW : serverSet.server;
    }

    /** Sends and remembers that a callback is due, whatever SendCommand returns. */
    int send(SetModel.Device device, Sending sending) {
        sent.add(sending);
        return server.sendCommand(device.serverPointer, sending);
    }

    /** The buffer is part of a command that is queued or held by a client. */
    boolean inUse(Buffer buffer) {
        return sent.stream().anyMatch(sending -> sending.buffer() == buffer.address && isOutstanding(sending));
    }

    private boolean isOutstanding(Sending sending) {
        boolean queued = serverSet != null
                && serverSet.devices.stream().anyMatch(device -> device.queue.contains(sending));
        return queued || List.of(primary, secondary).stream().flatMap(client -> client.opened.stream())
                .flatMap(opened -> opened.active.values().stream()).anyMatch(held -> held.sending().equals(sending));
    }

    /** Some command of the set is queued, or held by a client. */
    boolean outstanding(SetModel set) {
        return set.devices.stream().anyMatch(device -> !device.queue.isEmpty())
                || opened().stream().anyMatch(opened -> opened.set == set && !opened.active.isEmpty());
    }

    /** Every device that either client ever opened. */
    List<SetModel.Opened> opened() {
        List<SetModel.Opened> all = new ArrayList<>(primary.opened);
        all.addAll(secondary.opened);
        return all;
    }

    SetModel.Client owner(SetModel.Opened opened) {
        return primary.opened.contains(opened) ? primary : secondary;
    }

    /** Compares the model with the implementation. */
    void expect(String call, int expected, int actual) {
        trace.add(call + " -> " + Code.name(actual));
        if (expected != actual) {
            fail(call + " returned " + Code.name(actual) + ", the state tables say " + Code.name(expected));
        }
    }

    /** Ends everything; then each SendCommand must have had exactly one callback. */
    @Override
    public void close() {
        servers.forEach(ServerHalf::release);
        primary.half.release();
        secondary.half.release();
        Map<Long, Integer> callbacks = new HashMap<>();
        servers.forEach(half -> half.completions().forEach(c -> callbacks.merge(c.tag(), 1, Integer::sum)));
        for (Sending sending : sent) {
            int count = callbacks.getOrDefault(sending.tag(), 0);
            if (count != 1) {
                fail(count + " callbacks for one SendCommand: " + sending);
            }
        }
    }
}
