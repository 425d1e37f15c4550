package io.github.sqlvdi.conformance;

import io.github.sqlvdi.internal.com.ServerVirtualDeviceSet2Calls;
import java.lang.foreign.Arena;

/** Drives the IServerVirtualDeviceSet2 at a COM pointer of this process through its vtable. */
final class ComServer2 extends ComServer implements ServerHalf2 {

    private final ServerVirtualDeviceSet2Calls set;

    /** @param pointer owned from now on */
    ComServer2(long pointer) {
        this(new ServerVirtualDeviceSet2Calls(pointer));
    }

    private ComServer2(ServerVirtualDeviceSet2Calls set) {
        super(set, set::executeCompletionAgent);
        this.set = set;
    }

    @Override
    public int open(String instance, String name) {
        try (Arena arena = Arena.ofConfined()) {
            return set.open(ProviderClient.address(arena, instance), ProviderClient.address(arena, name));
        }
    }

    @Override
    public Reply.OfConfig getConfiguration(Out out) {
        return configuration(out, set::getConfiguration);
    }

    @Override
    public int beginConfiguration(int features, int blockSize, int alignment, int maxTransferSize, int timeout) {
        return set.beginConfiguration(features, blockSize, alignment, maxTransferSize, timeout);
    }

    @Override
    public int requestBuffers(int size, int alignment, int count) {
        return set.requestBuffers(size, alignment, count);
    }

    @Override
    public Reply queryAvailableBuffers(int size, int alignment, Out out) {
        return number(out, cell -> set.queryAvailableBuffers(size, alignment, cell));
    }

    @Override
    public int endConfiguration() {
        return set.endConfiguration();
    }

    @Override
    public Reply openDevice(String name, Out out) {
        try (Arena arena = Arena.ofConfined()) {
            long text = ProviderClient.address(arena, name);
            return opened(pointer(out, cell -> set.openDevice(text, cell)), out);
        }
    }

    @Override
    public Reply allocateBuffer(int size, int alignment, Out out) {
        return pointer(out, cell -> set.allocateBuffer(cell, size, alignment));
    }

    @Override
    public int freeBuffer(long buffer, int size) {
        return set.freeBuffer(buffer, size);
    }

    @Override
    public int isSharedBuffer(long address) {
        return set.isSharedBuffer(address);
    }

    @Override
    public int signalAbort() {
        return set.signalAbort();
    }

    @Override
    public int close() {
        return set.close();
    }
}
