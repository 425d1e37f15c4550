package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.Code.NOERROR;
import static io.github.sqlvdi.conformance.Code.VD_E_ABORT;
import static io.github.sqlvdi.conformance.Code.VD_E_CLOSE;
import static io.github.sqlvdi.conformance.Code.VD_E_INVALID;
import static io.github.sqlvdi.conformance.Code.VD_E_NOTSUPPORTED;
import static io.github.sqlvdi.conformance.Code.VD_E_OPEN;
import static io.github.sqlvdi.conformance.Code.VD_E_PROTOCOL;
import static io.github.sqlvdi.conformance.Code.VD_E_TIMEOUT;

import io.github.sqlvdi.conformance.SetModel.Client;
import io.github.sqlvdi.conformance.SetModel.Opened;
import io.github.sqlvdi.conformance.SetModel.Phase;
import java.util.List;

/** The client's calls of a random sequence, each beside what the state table of VDI reference 3.4 says. */
final class RandomClientSteps {

    private static final int FAILED = 1117;

    private final RandomWorld world;

    RandomClientSteps(RandomWorld world) {
        this.world = world;
    }

    /** @return false when the step is not the client's or was left out */
    boolean make(RandomStep step) {
        Client client = step.first() % 3 == 0 ? world.secondary : world.primary;
        return switch (step.kind()) {
            case CREATE -> create(client);
            case CREATE_WRONGLY -> createWrongly(step, client);
            case JOIN -> join(step, client);
            case CLIENT_GET_CONFIGURATION -> getConfiguration(client);
            case CLIENT_OPEN_DEVICE -> openDevice(step, client);
            case GET_COMMAND -> getCommand(step);
            case COMPLETE_COMMAND -> completeCommand(step);
            case GET_HANDLE -> getHandle(step);
            case MAP_HANDLE -> mapHandle(step, client);
            case CLIENT_ABORT -> !spared(client.set, step) && abort(client);
            case CLIENT_CLOSE -> !spared(client.set, step) && close(client);
            default -> false;
        };
    }

    /** A set on its way is ended seldom, so that sequences come far; what is over may end at any time. */
    static boolean spared(SetModel set, RandomStep step) {
        return set != null && !set.aborted && !set.allClosed() && !step.oneIn(50);
    }

    private boolean create(Client client) {
        if (!client.primary && client.set == null) {
            return false; // the secondary makes no set of its own
        }
        int expected = client.set != null ? VD_E_PROTOCOL : NOERROR;
        SetModel made = new SetModel(Stage.freshName(), world.deviceCount);
        world.expect(client + " CreateEx", expected,
                client.half.createEx(null, made.name, RawConfig.request(world.deviceCount, 0)));
        if (expected == NOERROR) {
            client.set = made;
            client.configured = false;
        }
        return true;
    }

    private boolean createWrongly(RandomStep step, Client client) {
        if (client.set != null) {
            return false;
        }
        if (step.oneIn(3) && world.primary.set != null) {
            world.expect(client + " CreateEx with a name that is taken", VD_E_PROTOCOL,
                    client.half.createEx(null, world.primary.set.name, RawConfig.request(1, 0)));
        } else if (step.oneIn(2)) {
            world.expect(client + " CreateEx without a name", VD_E_INVALID,
                    client.half.createEx(null, null, RawConfig.request(1, 0)));
        } else {
            world.expect(client + " CreateEx for 0 devices", VD_E_NOTSUPPORTED,
                    client.half.createEx(null, Stage.freshName(), RawConfig.request(0, 0)));
        }
        return true;
    }

    private boolean join(RandomStep step, Client client) {
        SetModel set = step.oneIn(6) ? null : world.primary.set;
        int expected;
        if (client.set == null && set != null && !set.aborted && set.server == Phase.CLOSED) {
            return false; // a set that is over: left open by VDI reference 3.5.7
        }
        if (client.set != null || set == null) {
            expected = VD_E_PROTOCOL;
        } else if (set.aborted) {
            expected = VD_E_ABORT;
        } else {
            expected = set.primaryConfigured ? NOERROR : VD_E_PROTOCOL;
        }
        world.expect(client + " OpenInSecondaryEx", expected,
                client.half.openInSecondaryEx(null, set == null ? Stage.freshName() : set.name));
        if (expected == NOERROR) {
            client.set = set;
            client.configured = true;
        }
        return true;
    }

    private boolean getConfiguration(Client client) {
        SetModel set = client.set;
        int expected;
        if (set == null) {
            expected = VD_E_PROTOCOL;
        } else if (set.aborted) {
            expected = VD_E_ABORT;
        } else {
            expected = set.server.compareTo(Phase.INITIALIZING) >= 0 ? NOERROR : VD_E_TIMEOUT;
        }
        world.expect(client + " GetConfiguration(0)", expected, client.half.getConfiguration(0).code());
        if (expected == NOERROR) {
            client.configured = true;
            set.primaryConfigured |= client.primary;
        }
        return true;
    }

    private boolean openDevice(RandomStep step, Client client) {
        SetModel set = client.set;
        SetModel.Device device = set == null || step.oneIn(8) ? null : step.pickSecond(set.devices);
        String name = device == null ? "nobody" : device.name;
        int expected;
        if (set == null) {
            expected = VD_E_PROTOCOL;
        } else if (set.aborted) {
            expected = VD_E_ABORT;
        } else if (!client.configured) {
            expected = VD_E_PROTOCOL;
        } else if (device != null && device.named) {
            expected = device.claimed ? VD_E_PROTOCOL : NOERROR;
        } else if (set.allClaimed()) {
            expected = set.allClosed() ? VD_E_PROTOCOL : VD_E_OPEN;
        } else if (set.allNamed()) {
            expected = VD_E_INVALID;
        } else {
            return false; // it would wait for the server (VDI reference 15.2)
        }
        Reply reply = client.half.openDevice(name);
        world.expect(client + " OpenDevice(" + (device == null ? name : set.devices.indexOf(device)) + ")", expected,
                reply.code());
        if (expected == NOERROR) {
            device.claimed = true;
            Opened opened = new Opened(reply.value(), set, device);
            client.opened.add(opened);
            helloAgent(client, opened);
        }
        return true;
    }

    /** The first command there and back shows that the agent runs; from then on callbacks can be waited for. */
    private void helloAgent(Client client, Opened opened) {
        if (world.agentInside || opened.set != world.serverSet || opened.device.closed
                || !opened.device.queue.isEmpty()) {
            return;
        }
        Sending hello = Stage.sending(CommandNumbers.FLUSH);
        world.expect("SendCommand to the agent", NOERROR, world.send(opened.device, hello));
        Reply.OfCommand command = client.half.getCommand(opened.pointer, Bounded.MILLIS);
        world.expect("GetCommand", NOERROR, command.code());
        world.expect("CompleteCommand", NOERROR,
                client.half.completeCommand(opened.pointer, command.pointer(), 0, 0, 0));
        world.server.awaitCompletion(hello.tag());
        world.agentInside = true;
    }

    private boolean getCommand(RandomStep step) {
        Opened opened = step.pick(world.opened());
        if (opened == null) {
            return false;
        }
        int expected = usable(opened);
        if (expected == NOERROR && opened.device.queue.isEmpty()) {
            expected = opened.finished() ? VD_E_CLOSE : VD_E_TIMEOUT;
        }
        Client client = world.owner(opened);
        Reply.OfCommand command = client.half.getCommand(opened.pointer, 0);
        world.expect(client + " GetCommand(0)", expected, command.code());
        if (expected == NOERROR) {
            Sending sending = opened.device.queue.remove();
            world.expect("commandCode", sending.command(), command.command());
            opened.active.put(command.pointer(), new SetModel.Fetched(sending, command.buffer()));
        }
        opened.closeSeen |= expected == VD_E_CLOSE;
        return true;
    }

    /** What every device method begins with. */
    private static int usable(Opened opened) {
        if (opened.over) {
            return VD_E_PROTOCOL;
        }
        if (opened.set.aborted) {
            return VD_E_ABORT;
        }
        return opened.closeSeen ? VD_E_PROTOCOL : NOERROR;
    }

    private boolean completeCommand(RandomStep step) {
        Opened opened = step.pick(world.opened());
        if (opened == null) {
            return false;
        }
        Long held = step.pickSecond(List.copyOf(opened.active.keySet()));
        boolean wrong = held == null || step.oneIn(7);
        if (wrong && opened.active.containsKey(opened.lastCompleted)) {
            return false; // the block is in use again
        }
        long pointer = wrong ? opened.lastCompleted : held;
        int expected = usable(opened);
        if (expected == NOERROR && wrong) {
            expected = VD_E_INVALID;
        }
        int code = world.agentInside && step.oneIn(5) ? FAILED : 0;
        Client client = world.owner(opened);
        world.expect(client + " CompleteCommand(" + (wrong ? "not active" : "active") + ", " + code + ")", expected,
                client.half.completeCommand(opened.pointer, pointer, code, 0, 0));
        if (expected == NOERROR) {
            completed(opened, pointer, code);
        }
        return true;
    }

    private void completed(Opened opened, long pointer, int code) {
        Sending sending = opened.active.remove(pointer).sending();
        opened.lastCompleted = pointer;
        if (world.agentInside && opened.set == world.serverSet && opened.set.server == Phase.INITIALIZING) {
            world.expect("completionCode of the callback", code,
                    world.server.awaitCompletion(sending.tag()).completionCode());
        }
        if (code != 0) {
            opened.device.inError = true;
        } else if (sending.command() == CommandNumbers.CLEAR_ERROR) {
            opened.device.inError = false;
        }
    }

    private boolean getHandle(RandomStep step) {
        Opened opened = step.pick(world.opened());
        if (opened == null || opened.over || opened.set.aborted) {
            return false;
        }
        Client client = world.owner(opened);
        SetModel.Fetched held = step.pickSecond(opened.active.values().stream().filter(f -> f.buffer() != 0).toList());
        if (held == null) {
            world.expect(client + " GetBufferHandle(no buffer)", VD_E_INVALID, client.half.getBufferHandle(64).code());
            return true;
        }
        Reply reply = client.half.getBufferHandle(held.buffer());
        world.expect(client + " GetBufferHandle", NOERROR, reply.code());
        world.buffers.stream().filter(b -> b.alive && b.address == held.sending().buffer()).forEach(
                buffer -> world.handles.add(new RandomWorld.Handle(client, opened.set, buffer, (int) reply.value())));
        return true;
    }

    private boolean mapHandle(RandomStep step, Client client) {
        RandomWorld.Handle handle = step.pickSecond(world.handles);
        if (handle == null || client.set != null && client.set.aborted) {
            return false;
        }
        int expected = VD_E_PROTOCOL;
        if (client.set != null) {
            boolean good = client.set == handle.set() && handle.buffer().alive && client.configured;
            expected = good ? NOERROR : VD_E_INVALID;
        }
        world.expect(client + " MapBufferHandle", expected, client.half.mapBufferHandle(handle.value()).code());
        return true;
    }

    private boolean abort(Client client) {
        world.expect(client + " SignalAbort", client.set == null ? VD_E_PROTOCOL : NOERROR, client.half.signalAbort());
        if (client.set != null) {
            client.set.aborted = true;
        }
        return true;
    }

    private boolean close(Client client) {
        SetModel set = client.set;
        if (set == null) {
            world.expect(client + " Close", VD_E_PROTOCOL, client.half.close());
            return true;
        }
        boolean open = client.opened.stream().anyMatch(opened -> !opened.over && !opened.finished());
        world.expect(client + " Close", open && !set.aborted ? VD_E_OPEN : NOERROR, client.half.close());
        // A primary that goes before the devices are closed is an abort for the others (VDI reference 11.6 "client
        // exits").
        set.aborted |= open || client.primary && !set.allClosed();
        client.opened.forEach(opened -> {
            opened.over = true;
            opened.active.clear();
        });
        client.set = null;
        return true;
    }
}
