package io.github.sqlvdi.conformance;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.github.sqlvdi.internal.com.IClientVirtualDeviceSet2;
import io.github.sqlvdi.internal.com.UnknownCalls;
import io.github.sqlvdi.internal.memory.WideStrings;
import io.github.sqlvdi.internal.provider.Provider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Drives a client set of this process as its provider makes it: through a vtable, or by the functions of Linux. */
final class ProviderClient implements ClientHalf {

    private final Provider provider;
    private final IClientVirtualDeviceSet2 set;
    /** Devices are released at the end only: rows call them after Close on purpose. */
    private final Queue<Long> devices = new ConcurrentLinkedQueue<>();

    ProviderClient(Provider provider) {
        this.provider = provider;
        set = provider.newClientSet();
    }

    /** Only COM objects have one. */
    @Override
    public long pointer() {
        return ((UnknownCalls) set).pointer();
    }

    @Override
    public int create(String name, RawConfig config) {
        try (Arena arena = Arena.ofConfined()) {
            return set.create(address(arena, name), address(arena, config));
        }
    }

    @Override
    public int createEx(String instance, String name, RawConfig config) {
        try (Arena arena = Arena.ofConfined()) {
            return set.createEx(address(arena, instance), address(arena, name), address(arena, config));
        }
    }

    @Override
    public Reply.OfConfig getConfiguration(int timeout, Out out) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment config = arena.allocate(RawConfig.BYTES, Integer.BYTES);
            int code = set.getConfiguration(timeout, out == Out.NULL ? 0 : config.address());
            return new Reply.OfConfig(code, code == Code.NOERROR ? RawConfig.read(config) : null);
        }
    }

    @Override
    public Reply openDevice(String name, Out out) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cell = longCell(arena);
            int code = set.openDevice(address(arena, name), out == Out.NULL ? 0 : cell.address());
            long device = cell.get(JAVA_LONG, 0);
            if (code == Code.NOERROR && out == Out.VALID) {
                devices.add(device);
            }
            return new Reply(code, device);
        }
    }

    @Override
    public int close() {
        return set.close();
    }

    @Override
    public int signalAbort() {
        return set.signalAbort();
    }

    @Override
    public int openInSecondary(String name) {
        try (Arena arena = Arena.ofConfined()) {
            return set.openInSecondary(address(arena, name));
        }
    }

    @Override
    public int openInSecondaryEx(String instance, String name) {
        try (Arena arena = Arena.ofConfined()) {
            return set.openInSecondaryEx(address(arena, instance), address(arena, name));
        }
    }

    @Override
    public Reply getBufferHandle(long buffer, Out out) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cell = arena.allocateFrom(JAVA_INT, Reply.UNTOUCHED_INT);
            int code = set.getBufferHandle(buffer, out == Out.NULL ? 0 : cell.address());
            return new Reply(code, Integer.toUnsignedLong(cell.get(JAVA_INT, 0)));
        }
    }

    @Override
    public Reply mapBufferHandle(int handle, Out out) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cell = longCell(arena);
            int code = set.mapBufferHandle(handle, out == Out.NULL ? 0 : cell.address());
            return new Reply(code, cell.get(JAVA_LONG, 0));
        }
    }

    @Override
    public Reply.OfCommand getCommand(long device, int timeout, Out out) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cell = longCell(arena);
            int code = provider.device(device).getCommand(timeout, out == Out.NULL ? 0 : cell.address());
            long at = cell.get(JAVA_LONG, 0);
            if (code != Code.NOERROR || out == Out.NULL) {
                return new Reply.OfCommand(code, at, 0, 0, 0, 0);
            }
            // VDC_Command, VDI reference 4.2: 0 commandCode, 4 size, 8 position, 16 buffer.
            return new Reply.OfCommand(code, at, RawMemory.ALL.get(JAVA_INT_UNALIGNED, at),
                    RawMemory.ALL.get(JAVA_INT_UNALIGNED, at + 4), RawMemory.ALL.get(JAVA_LONG_UNALIGNED, at + 8),
                    RawMemory.ALL.get(JAVA_LONG_UNALIGNED, at + 16));
        }
    }

    @Override
    public int completeCommand(long device, long command, int completionCode, int bytes, long position) {
        return provider.device(device).completeCommand(command, completionCode, bytes, position);
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
        set.close();
        devices.forEach(device -> provider.release(provider.device(device)));
        provider.release(set);
    }

    static MemorySegment longCell(Arena arena) {
        return arena.allocateFrom(JAVA_LONG, Reply.UNTOUCHED);
    }

    static long address(Arena arena, String text) {
        return WideStrings.allocate(arena, text).address();
    }

    static long address(Arena arena, RawConfig config) {
        if (config == null) {
            return 0;
        }
        MemorySegment memory = arena.allocate(RawConfig.BYTES, Integer.BYTES);
        config.write(memory);
        return memory.address();
    }
}
