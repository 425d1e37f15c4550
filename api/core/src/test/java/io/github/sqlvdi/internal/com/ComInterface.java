package io.github.sqlvdi.internal.com;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.bindings.Guids;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/** The six interfaces with the methods of their slots 3 to the end, written down from VDI reference 3.3. */
enum ComInterface {
    CLIENT_DEVICE(IClientVirtualDevice.class, ClientVirtualDeviceCalls::new, "getCommand completeCommand"),
    CLIENT_SET(IClientVirtualDeviceSet.class, ClientVirtualDeviceSetCalls::new,
            "create getConfiguration openDevice close signalAbort openInSecondary getBufferHandle mapBufferHandle"),
    CLIENT_SET2(IClientVirtualDeviceSet2.class, ClientVirtualDeviceSet2Calls::new,
            "create getConfiguration openDevice close signalAbort openInSecondary getBufferHandle mapBufferHandle"
                    + " createEx openInSecondaryEx"),
    SERVER_DEVICE(IServerVirtualDevice.class, ServerVirtualDeviceCalls::new, "sendCommand closeDevice"),
    SERVER_SET(IServerVirtualDeviceSet.class, ServerVirtualDeviceSetCalls::new,
            "open getConfiguration setConfiguration executeCompletionAgent openDevice allocateBuffer freeBuffer"
                    + " isSharedBuffer signalAbort close"),
    SERVER_SET2(IServerVirtualDeviceSet2.class, ServerVirtualDeviceSet2Calls::new,
            "open getConfiguration beginConfiguration endConfiguration requestBuffers queryAvailableBuffers"
                    + " executeCompletionAgent openDevice allocateBuffer freeBuffer isSharedBuffer signalAbort close");

    /** An object that sends all its calls to one handler. */
    record Exported(Object calls) {
        UnknownCalls unknown() {
            return (UnknownCalls) calls;
        }
    }

    private final Class<?> type;
    private final LongFunction<?> calls;
    private final List<String> slots;

    ComInterface(Class<?> type, LongFunction<?> calls, String slots) {
        this.type = type;
        this.calls = calls;
        this.slots = List.of(slots.split(" "));
    }

    /** The interface's methods in the order of their slots; the first is slot 3. */
    List<Method> methods() {
        List<Method> all = List.of(type.getMethods());
        List<Method> ordered = slots.stream()
                .map(name -> all.stream().filter(method -> method.getName().equals(name)).findAny().orElseThrow())
                .toList();
        if (ordered.size() != all.size()) {
            throw new AssertionError(type + " has other methods than its slots say: " + all);
        }
        return ordered;
    }

    /** An object of this interface with one reference. */
    Exported export(InvocationHandler handler) {
        Runnable nothing = () -> {
        };
        long pointer = switch (this) {
            case CLIENT_DEVICE -> ComObjects.export(proxy(IClientVirtualDevice.class, handler), nothing);
            case CLIENT_SET, CLIENT_SET2 ->
                    ComObjects.export(proxy(IClientVirtualDeviceSet2.class, handler), nothing);
            case SERVER_DEVICE -> ComObjects.export(proxy(IServerVirtualDevice.class, handler), nothing);
            case SERVER_SET, SERVER_SET2 ->
                    ComObjects.exportServerSet(proxy(IServerVirtualDeviceSet2.class, handler),
                            proxy(IServerVirtualDeviceSet.class, handler), nothing);
        };
        return new Exported(calls.apply(this == SERVER_SET ? legacy(pointer) : pointer));
    }

    /** The second interface of a server set, which takes over the reference. */
    private static long legacy(long pointer) {
        UnknownCalls set = new UnknownCalls(pointer);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            int result = set.queryInterface(Guids.IID_IServerVirtualDeviceSet.address(), out.address());
            if (result != Hresults.S_OK || set.release() != 1) {
                throw new AssertionError("no legacy interface: 0x" + Integer.toHexString(result));
            }
            return out.get(JAVA_LONG, 0);
        }
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, handler));
    }

    static Object[] zeros(Method method) {
        // an if, not a conditional expression: that would make longs of both
        return Arrays.stream(method.getParameterTypes()).map(each -> {
            if (each == long.class) {
                return (Object) 0L;
            }
            return (Object) 0;
        }).toArray();
    }
}
