package io.github.sqlvdi.conformance;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One set with its client and server half, brought into a state step by step. Every step does what the one before it
 * did, if that is still to be done, and fails the test when the implementation refuses it.
 */
final class Stage implements AutoCloseable {

    private static final AtomicLong NEXT_NAME = new AtomicLong();
    private static final AtomicLong NEXT_TAG = new AtomicLong(1);

    final VdiUnderTest vdi;
    final Setup setup;
    /** The set's name, which is device 0's as well. */
    String name = freshName();
    final ClientHalf client;
    final List<Long> clientDevices = new ArrayList<>();
    final List<Long> serverDevices = new ArrayList<>();
    private final List<Runnable> atEnd = new ArrayList<>();
    private ServerHalf2 server;
    private Step reached = Step.NONE;
    private long lastTag;
    private long helloTag;

    private enum Step { NONE, CREATED, OPENED, BEGUN, ENDED, CONFIGURED, ACTIVE }

    Stage(VdiUnderTest vdi, Setup setup) {
        this.vdi = vdi;
        this.setup = setup;
        client = vdi.newClient();
    }

    /** A set name that no other test or process of this machine uses. */
    static String freshName() {
        return "conformance-" + ProcessHandle.current().pid() + "-" + NEXT_NAME.incrementAndGet();
    }

    ServerHalf2 server() {
        if (server == null) {
            server = vdi.newServer();
        }
        return server;
    }

    String deviceName(int index) {
        return index == 0 ? name : name + "-device" + index;
    }

    long clientDevice() {
        return clientDevices.get(0);
    }

    long serverDevice() {
        return serverDevices.get(0);
    }

    /** CreateEx. */
    Stage created() {
        if (begins(Step.CREATED)) {
            ok("CreateEx", client.createEx(null, name, setup.request()));
            reached = Step.CREATED;
        }
        return this;
    }

    /** Server Open. */
    Stage opened() {
        if (begins(Step.OPENED)) {
            created();
            ok("server Open", server().open(null, name));
            reached = Step.OPENED;
        }
        return this;
    }

    /** BeginConfiguration. */
    Stage begun() {
        if (begins(Step.BEGUN)) {
            opened();
            ok("BeginConfiguration", server().beginConfiguration(setup.request().features() | setup.serverFeatures(),
                    setup.blockSize(), setup.alignment(), setup.maxTransfer(), 10_000));
            reached = Step.BEGUN;
        }
        return this;
    }

    /** RequestBuffers and EndConfiguration, and the completion agent if the setup has one. */
    Stage ended() {
        if (begins(Step.ENDED)) {
            begun();
            if (setup.buffers() > 0) {
                ok("RequestBuffers",
                        server().requestBuffers(setup.bufferSize(), setup.bufferAlign(), setup.buffers()));
            }
            ok("EndConfiguration", server().endConfiguration());
            if (setup.agent()) {
                server().startAgent();
            }
            reached = Step.ENDED;
        }
        return this;
    }

    /** The client's GetConfiguration. */
    Stage configured() {
        if (begins(Step.CONFIGURED)) {
            ended();
            ok("client GetConfiguration", client.getConfiguration(Bounded.MILLIS).code());
            reached = Step.CONFIGURED;
        }
        return this;
    }

    /** Every device opened on both sides. */
    Stage active() {
        if (begins(Step.ACTIVE)) {
            configured();
            for (int i = serverDevices.size(); i < setup.request().deviceCount(); i++) {
                serverOpensDevice();
            }
            for (int i = clientDevices.size(); i < setup.request().deviceCount(); i++) {
                clientOpensDevice(i);
            }
            if (setup.agent()) {
                agentIsInside();
            }
            reached = Step.ACTIVE;
        }
        return this;
    }

    /**
     * One command there and back. ExecuteCompletionAgent must be active before any command is sent (VDI reference
     * 3.7.7), and only a callback on its thread shows that it is; without it a rule might end the set before the agent
     * was there.
     */
    private void agentIsInside() {
        Sending hello = sending(CommandNumbers.FLUSH);
        ok("SendCommand", server().sendCommand(serverDevice(), hello));
        long command = fetch(clientDevice()).pointer();
        ok("CompleteCommand", client.completeCommand(clientDevice(), command, 0, 0, 0));
        server().awaitCompletion(hello.tag());
        helloTag = hello.tag();
    }

    /** The callbacks of the commands that the test itself sent. */
    List<Completion> completions() {
        return server().completions().stream().filter(completion -> completion.tag() != helloTag).toList();
    }

    /** The server closed every device, and the client has got VD_E_CLOSE. */
    Stage normallyTerminated() {
        active();
        serverDevices.forEach(device -> ok("CloseDevice", server().closeDevice(device)));
        clientDevices.forEach(
                device -> code("GetCommand", Code.VD_E_CLOSE, client.getCommand(device, Bounded.MILLIS).code()));
        return this;
    }

    /** The client aborted an active set. */
    Stage aborted() {
        active();
        ok("client SignalAbort", client.signalAbort());
        return this;
    }

    /** The next device, opened by the server under its own name. */
    long serverOpensDevice() {
        Reply reply = server().openDevice(deviceName(serverDevices.size()));
        ok("server OpenDevice", reply.code());
        serverDevices.add(reply.value());
        return reply.value();
    }

    long clientOpensDevice(int index) {
        Reply reply = client.openDevice(deviceName(index));
        ok("client OpenDevice", reply.code());
        clientDevices.add(reply.value());
        return reply.value();
    }

    /**
     * Lets the same client object live through a whole set that is over, so that its device interface is left behind;
     * the stage itself stands at the beginning again, with a new name.
     */
    long deviceOfPastSet() {
        active();
        long past = clientDevice();
        ok("CloseDevice", server().closeDevice(serverDevice()));
        code("GetCommand", Code.VD_E_CLOSE, client.getCommand(past, Bounded.MILLIS).code());
        ok("client Close", client.close());
        atEnd.add(server::release);
        server = null;
        clientDevices.clear();
        serverDevices.clear();
        name = freshName();
        reached = Step.NONE;
        return past;
    }

    /** Another client object of the same set, in any process; it is released with the stage. */
    ClientHalf secondary() {
        ClientHalf secondary = vdi.newSecondary();
        atEnd.add(secondary::release);
        return secondary;
    }

    /** Another client object of this process, for another set. */
    ClientHalf anotherClient() {
        ClientHalf other = vdi.newClient();
        atEnd.add(other::release);
        return other;
    }

    /** Joins the set as a secondary. */
    ClientHalf joined() {
        ClientHalf secondary = secondary();
        ok("OpenInSecondaryEx", secondary.openInSecondaryEx(null, name));
        return secondary;
    }

    /** Another set, released with this one. */
    Stage another(Setup other) {
        Stage stage = new Stage(vdi, other);
        atEnd.add(stage::close);
        return stage;
    }

    /** Any further half that is released with the stage. */
    <T> T releasing(T half, Runnable release) {
        atEnd.add(release);
        return half;
    }

    /** A buffer of the setup's size, from the server. */
    long allocate() {
        Reply reply = server().allocateBuffer(setup.bufferSize(), setup.bufferAlign());
        ok("AllocateBuffer", reply.code());
        return reply.value();
    }

    static long nextTag() {
        return NEXT_TAG.getAndIncrement();
    }

    /** A command without a buffer. */
    static Sending sending(int command) {
        return new Sending(nextTag(), command, 0, 0, 0);
    }

    /** A Read or Write over a buffer. */
    static Sending sending(int command, int size, long buffer) {
        return new Sending(nextTag(), command, size, 0, buffer);
    }

    /** Sends on a server device and expects it to be queued; returns the tag. */
    long send(long device, Sending sending) {
        ok("SendCommand", server().sendCommand(device, sending));
        lastTag = sending.tag();
        return sending.tag();
    }

    /** Makes {@link #lastTag} give this one. */
    void remember(long tag) {
        lastTag = tag;
    }

    /** The tag of the command sent last by {@link #send} or {@link #outstanding}. */
    long lastTag() {
        return lastTag;
    }

    /** Fetches the next command of a client device, which must come. */
    Reply.OfCommand fetch(long device) {
        Reply.OfCommand command = client.getCommand(device, Bounded.MILLIS);
        ok("GetCommand", command.code());
        return command;
    }

    /** One command there and back on device 0; gives the client's view of it and leaves it uncompleted. */
    Reply.OfCommand outstanding(Sending sending) {
        send(serverDevice(), sending);
        return fetch(clientDevice());
    }

    static void ok(String what, int code) {
        code(what, Code.NOERROR, code);
    }

    static void code(String what, int expected, int code) {
        if (code != expected) {
            fail(what + " returned " + Code.name(code) + " instead of " + Code.name(expected));
        }
    }

    private boolean begins(Step step) {
        return reached.compareTo(step) < 0;
    }

    @Override
    public void close() {
        List<Runnable> releases = new ArrayList<>(atEnd.reversed());
        if (server != null) {
            releases.add(server::release);
        }
        releases.add(client::release);
        AssertionError failed = null;
        for (Runnable release : releases) {
            try {
                release.run();
            } catch (RuntimeException | AssertionError e) {
                failed = failed == null ? new AssertionError("a half could not be released: " + e) : failed;
                failed.addSuppressed(e);
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
