package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.Code.NOERROR;
import static io.github.sqlvdi.conformance.Code.SHARED;
import static io.github.sqlvdi.conformance.Code.VD_E_ABORT;
import static io.github.sqlvdi.conformance.Code.VD_E_CLOSE;
import static io.github.sqlvdi.conformance.Code.VD_E_INVALID;
import static io.github.sqlvdi.conformance.Code.VD_E_IO_ERROR;
import static io.github.sqlvdi.conformance.Code.VD_E_MEMORY;
import static io.github.sqlvdi.conformance.Code.VD_E_OPEN;
import static io.github.sqlvdi.conformance.Code.VD_E_PROTOCOL;

import io.github.sqlvdi.conformance.RandomWorld.Buffer;
import io.github.sqlvdi.conformance.SetModel.Device;
import io.github.sqlvdi.conformance.SetModel.Phase;
import java.util.List;

/** The server's calls of a random sequence, each beside what the state table of VDI reference 3.4 says. */
final class RandomServerSteps {

    private final RandomWorld world;

    RandomServerSteps(RandomWorld world) {
        this.world = world;
    }

    /** @return false when the step is not the server's or was left out */
    boolean make(RandomStep step) {
        return switch (step.kind()) {
            case SERVER_OPEN -> open(step);
            case SERVER_GET_CONFIGURATION -> plain("server GetConfiguration", Phase.CONNECTED, Phase.INITIALIZING,
                    world.server.getConfiguration().code());
            case BEGIN -> begin(step);
            case REQUEST -> request(step);
            case END -> end();
            case QUERY -> query();
            case SERVER_OPEN_DEVICE -> openDevice();
            case ALLOCATE -> allocate(step);
            case FREE -> free(step);
            case IS_SHARED -> isShared(step);
            case SEND -> send(step);
            case CLOSE_DEVICE -> closeDevice(step);
            case SERVER_ABORT -> !RandomClientSteps.spared(world.serverSet, step) && abort();
            case SERVER_CLOSE -> !RandomClientSteps.spared(world.serverSet, step) && close();
            default -> false;
        };
    }

    /** What every method but Open begins with: legal between two phases, VD_E_ABORT after an abort. */
    private int allowed(Phase least, Phase most) {
        Phase now = world.serverPhase();
        if (now == Phase.NEW || now == Phase.CLOSED) {
            return VD_E_PROTOCOL;
        }
        if (world.serverSet.aborted) {
            return VD_E_ABORT;
        }
        return now.compareTo(least) >= 0 && now.compareTo(most) <= 0 ? NOERROR : VD_E_PROTOCOL;
    }

    /** The same for methods that normal termination ends. */
    private int allowedUntilClosed(Phase least) {
        int allowed = allowed(least, Phase.INITIALIZING);
        return allowed == NOERROR && world.serverSet.allClosed() ? VD_E_PROTOCOL : allowed;
    }

    private boolean plain(String call, Phase least, Phase most, int actual) {
        world.expect(call, allowed(least, most), actual);
        return true;
    }

    private boolean open(RandomStep step) {
        if (world.serverPhase() == Phase.CLOSED) {
            if (step.oneIn(2)) {
                world.expect("Open with a closed server object", VD_E_PROTOCOL,
                        world.server.open(null, world.serverSet.name));
            } else {
                world.newServer();
            }
            return true;
        }
        SetModel set = world.primary.set;
        if (world.serverSet != null) {
            world.expect("server Open again", VD_E_PROTOCOL, world.server.open(null, world.serverSet.name));
        } else if (set == null) {
            world.expect("server Open of no set", VD_E_INVALID, world.server.open(null, Stage.freshName()));
        } else if (set.server == Phase.NEW && !set.aborted) {
            world.expect("server Open", NOERROR, world.server.open(null, set.name));
            set.server = Phase.CONNECTED;
            world.serverSet = set;
        } else {
            return false; // a second server, or an aborted set: left open by the reference
        }
        return true;
    }

    private boolean begin(RandomStep step) {
        int expected = allowed(Phase.CONNECTED, Phase.CONNECTED);
        boolean wrong = expected == NOERROR && step.oneIn(4);
        world.expect("BeginConfiguration" + (wrong ? " with block size 100" : ""), wrong ? VD_E_INVALID : expected,
                world.server.beginConfiguration(FeatureBits.WRITE_MEDIA, wrong ? 100 : 512, 0, 65536, 0));
        if (expected == NOERROR && !wrong) {
            world.serverSet.server = Phase.CONFIGURABLE;
        }
        return true;
    }

    private boolean request(RandomStep step) {
        int expected = allowedUntilClosed(Phase.CONFIGURABLE);
        boolean wrong = expected == NOERROR && step.oneIn(4);
        int count = wrong ? 0 : 1 + step.first() % 3;
        world.expect("RequestBuffers(" + count + ")", wrong ? VD_E_INVALID : expected,
                world.server.requestBuffers(RandomWorld.SIZE, 0, count));
        return true;
    }

    private boolean end() {
        int expected = allowed(Phase.CONFIGURABLE, Phase.CONFIGURABLE);
        world.expect("EndConfiguration", expected, world.server.endConfiguration());
        if (expected == NOERROR) {
            world.serverSet.server = Phase.INITIALIZING;
            world.server.startAgent();
        }
        return true;
    }

    private boolean query() {
        int expected = allowedUntilClosed(Phase.CONFIGURABLE);
        world.expect("QueryAvailableBuffers", expected == VD_E_ABORT ? VD_E_PROTOCOL : expected,
                world.server.queryAvailableBuffers(RandomWorld.SIZE, 0).code());
        return true;
    }

    private boolean openDevice() {
        int expected = allowedUntilClosed(Phase.INITIALIZING);
        Device next = world.serverSet == null ? null
                : world.serverSet.devices.stream().filter(device -> !device.named).findFirst().orElse(null);
        if (expected == NOERROR && next == null) {
            expected = VD_E_OPEN;
        }
        Reply reply = world.server.openDevice(next == null ? "more" : next.name);
        world.expect("server OpenDevice", expected, reply.code());
        if (expected == NOERROR) {
            next.named = true;
            next.serverPointer = reply.value();
        }
        return true;
    }

    /** QueryAvailableBuffers foretells what AllocateBuffer gives. */
    private boolean allocate(RandomStep step) {
        int expected = allowedUntilClosed(Phase.INITIALIZING);
        boolean wrong = expected == NOERROR && step.oneIn(6);
        if (wrong) {
            expected = VD_E_INVALID;
        } else if (expected == NOERROR && world.server.queryAvailableBuffers(RandomWorld.SIZE, 0).value() == 0) {
            expected = VD_E_MEMORY;
        }
        Reply reply = world.server.allocateBuffer(wrong ? 0 : RandomWorld.SIZE, 512);
        world.expect("AllocateBuffer" + (wrong ? " of 0 bytes" : ""), expected, reply.code());
        if (expected == NOERROR) {
            world.buffers.add(new Buffer(reply.value()));
        }
        return true;
    }

    private boolean free(RandomStep step) {
        int expected = allowed(Phase.INITIALIZING, Phase.INITIALIZING);
        if (expected == NOERROR && world.serverSet.allClosed()) {
            return false; // VDI reference 3.4 and 2.1 contradict each other
        }
        Buffer buffer = step.pick(world.buffers.stream().filter(b -> b.alive && !world.inUse(b)).toList());
        boolean wrong = buffer == null || step.oneIn(4);
        world.expect("FreeBuffer" + (wrong ? " of no buffer" : ""),
                expected == NOERROR && wrong ? VD_E_INVALID : expected,
                world.server.freeBuffer(wrong ? 64 : buffer.address, RandomWorld.SIZE));
        if (expected == NOERROR && !wrong) {
            buffer.alive = false;
        }
        return true;
    }

    private boolean isShared(RandomStep step) {
        Phase phase = world.serverPhase();
        Buffer buffer = step.pick(world.buffers);
        if (phase == Phase.NEW || phase == Phase.CLOSED || buffer == null) {
            return false;
        }
        boolean alive = world.buffers.stream().anyMatch(other -> other.alive && other.address == buffer.address);
        world.expect("IsSharedBuffer", alive ? SHARED : NOERROR, world.server.isSharedBuffer(buffer.address));
        return true;
    }

    private boolean send(RandomStep step) {
        Device device = step.pick(namedDevices());
        if (device == null || !device.claimed && step.first() % 5 != 0) {
            return false; // seldom before the client has opened the device, so that the agent can be greeted
        }
        Buffer buffer = step.pickSecond(world.buffers.stream().filter(b -> b.alive && !world.inUse(b)).toList());
        Sending sending = Stage.sending(step.oneIn(6) ? CommandNumbers.CLEAR_ERROR : CommandNumbers.FLUSH);
        boolean wrong = step.oneIn(11);
        if (wrong) {
            sending = Stage.sending(CommandNumbers.WRITE, RandomWorld.SIZE, 64);
        } else if (buffer != null && step.oneIn(3)) {
            sending = Stage.sending(CommandNumbers.WRITE, RandomWorld.SIZE, buffer.address);
        }
        int expected = expectedOfSend(device, sending, wrong);
        world.expect("SendCommand(" + CommandNumbers.name(sending.command()) + (wrong ? ", no buffer)" : ")"), expected,
                world.send(device, sending));
        if (expected == NOERROR) {
            device.queue.add(sending);
        } else {
            world.server.awaitCompletion(sending.tag());
        }
        return true;
    }

    private int expectedOfSend(Device device, Sending sending, boolean wrong) {
        if (world.serverPhase() == Phase.CLOSED || device.closed) {
            return VD_E_PROTOCOL;
        }
        if (world.serverSet.aborted) {
            return VD_E_ABORT;
        }
        if (device.inError && sending.command() != CommandNumbers.CLEAR_ERROR) {
            return VD_E_IO_ERROR;
        }
        return wrong ? VD_E_INVALID : NOERROR;
    }

    private List<Device> namedDevices() {
        return world.serverSet == null ? List.of()
                : world.serverSet.devices.stream().filter(device -> device.named).toList();
    }

    private boolean closeDevice(RandomStep step) {
        Device device = step.pick(namedDevices());
        if (device == null || !device.closed && !step.oneIn(5)) {
            return false; // a device that is open is closed seldom, so that it carries some commands before
        }
        int expected = allowed(Phase.INITIALIZING, Phase.INITIALIZING);
        if (expected == NOERROR && device.closed) {
            expected = VD_E_CLOSE;
        }
        world.expect("CloseDevice", expected, world.server.closeDevice(device.serverPointer));
        device.closed |= expected == NOERROR;
        return true;
    }

    private boolean abort() {
        boolean in = world.serverPhase() != Phase.NEW && world.serverPhase() != Phase.CLOSED;
        world.expect("server SignalAbort", in ? NOERROR : VD_E_PROTOCOL, world.server.signalAbort());
        if (in) {
            world.serverSet.aborted = true;
        }
        return true;
    }

    private boolean close() {
        Phase phase = world.serverPhase();
        if (phase == Phase.NEW || phase == Phase.CLOSED) {
            world.expect("server Close", VD_E_PROTOCOL, world.server.close());
            return true;
        }
        SetModel set = world.serverSet;
        if (set.allClosed() && !set.aborted && world.outstanding(set)) {
            // VDI reference 3.9.2 and 3.7.13 leave open what Close does after CloseDevice with commands outstanding.
            return false;
        }
        world.expect("server Close", set.serverOpen() > 0 && !set.aborted ? VD_E_PROTOCOL : NOERROR,
                world.server.close());
        // A server that goes before every device was closed is an abort for the clients (VDI reference 11.4, 11.3).
        set.aborted |= !set.allClosed();
        set.server = Phase.CLOSED;
        world.buffers.forEach(buffer -> buffer.alive = false);
        return true;
    }
}
