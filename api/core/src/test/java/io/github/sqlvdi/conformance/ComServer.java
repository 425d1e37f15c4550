package io.github.sqlvdi.conformance;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.sqlvdi.internal.com.ServerVirtualDeviceCalls;
import io.github.sqlvdi.internal.com.UnknownCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.function.IntSupplier;

/** What both server interfaces have in common when driven through the vtables of this process. */
abstract class ComServer implements ServerHalf {

    private final UnknownCalls set;
    private final IntSupplier executeCompletionAgent;
    private final Queue<Long> devices = new ConcurrentLinkedQueue<>();
    private final CompletionInbox inbox = new CompletionInbox();
    private volatile Future<Integer> agent;

    ComServer(UnknownCalls set, IntSupplier executeCompletionAgent) {
        this.set = set;
        this.executeCompletionAgent = executeCompletionAgent;
    }

    /** One call with a config out-pointer. */
    @FunctionalInterface
    interface WithPointer {
        int call(long pointer);
    }

    static Reply.OfConfig configuration(Out out, WithPointer call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment config = arena.allocate(RawConfig.BYTES, Integer.BYTES);
            int code = call.call(out == Out.NULL ? 0 : config.address());
            return new Reply.OfConfig(code, code == Code.NOERROR ? RawConfig.read(config) : null);
        }
    }

    static Reply pointer(Out out, WithPointer call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cell = ProviderClient.longCell(arena);
            int code = call.call(out == Out.NULL ? 0 : cell.address());
            return new Reply(code, cell.get(JAVA_LONG, 0));
        }
    }

    static Reply number(Out out, WithPointer call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cell = arena.allocateFrom(JAVA_INT, Reply.UNTOUCHED_INT);
            int code = call.call(out == Out.NULL ? 0 : cell.address());
            return new Reply(code, Integer.toUnsignedLong(cell.get(JAVA_INT, 0)));
        }
    }

    /** Remembers a device so that it is released at the end. */
    Reply opened(Reply reply, Out out) {
        if (reply.code() == Code.NOERROR && out == Out.VALID) {
            devices.add(reply.value());
        }
        return reply;
    }

    @Override
    public long pointer() {
        return set.pointer();
    }

    @Override
    public void startAgent() {
        agent = Bounded.start("conformance-agent", executeCompletionAgent::getAsInt);
    }

    @Override
    public int agentResult() {
        return Bounded.await("ExecuteCompletionAgent", agent);
    }

    @Override
    public int sendCommand(long device, Sending sending) {
        return inbox.send(sending, new ServerVirtualDeviceCalls(device)::sendCommand);
    }

    @Override
    public int sendNull(long device) {
        return new ServerVirtualDeviceCalls(device).sendCommand(0);
    }

    @Override
    public int closeDevice(long device) {
        return new ServerVirtualDeviceCalls(device).closeDevice();
    }

    @Override
    public Completion awaitCompletion(long tag) {
        return inbox.await(tag);
    }

    @Override
    public List<Completion> completions() {
        return inbox.all();
    }

    @Override
    public byte[] read(long address, int length) {
        return RawMemory.read(address, length);
    }

    @Override
    public void write(long address, byte[] bytes) {
        RawMemory.write(address, bytes);
    }

    @Override
    public void release() {
        close();
        if (agent != null) {
            agentResult();
        }
        devices.forEach(device -> new ServerVirtualDeviceCalls(device).release());
        set.release();
        inbox.close();
    }
}
