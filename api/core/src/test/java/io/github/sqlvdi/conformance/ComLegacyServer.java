package io.github.sqlvdi.conformance;

import io.github.sqlvdi.internal.com.ServerVirtualDeviceSetCalls;
import java.lang.foreign.Arena;

/**
 * Drives the IServerVirtualDeviceSet (legacy, VDI reference 3.8) at a COM pointer of this process through its vtable.
 */
final class ComLegacyServer extends ComServer implements LegacyServerHalf {

    private final ServerVirtualDeviceSetCalls set;

    /** @param pointer owned from now on */
    ComLegacyServer(long pointer) {
        this(new ServerVirtualDeviceSetCalls(pointer));
    }

    private ComLegacyServer(ServerVirtualDeviceSetCalls set) {
        super(set, set::executeCompletionAgent);
        this.set = set;
    }

    @Override
    public int open(String name) {
        try (Arena arena = Arena.ofConfined()) {
            return set.open(ProviderClient.address(arena, name));
        }
    }

    @Override
    public Reply.OfConfig getConfiguration(Out out) {
        return configuration(out, set::getConfiguration);
    }

    @Override
    public int setConfiguration(RawConfig config) {
        try (Arena arena = Arena.ofConfined()) {
            return set.setConfiguration(ProviderClient.address(arena, config));
        }
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
