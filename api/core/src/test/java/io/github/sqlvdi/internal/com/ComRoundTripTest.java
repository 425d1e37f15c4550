package io.github.sqlvdi.internal.com;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.internal.memory.Memory;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every method of the six interfaces: Java call, vtable slot, upcall stub, Java object, and back. */
class ComRoundTripTest {
    private static final long[] PATTERNS = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x8000_0000L, 0xFFFF_FFFFL,
        0x1_0000_0000L, Long.MAX_VALUE, Long.MIN_VALUE, 0x0123_4567_89AB_CDEFL, 0xFEDC_BA98_7654_3210L};

    /** Remembers the last call of the thread and answers with a number made of it. */
    private static final class Recorder implements InvocationHandler {
        private final ThreadLocal<Object[]> last = new ThreadLocal<>();

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            Object[] seen = arguments == null ? new Object[0] : arguments;
            last.set(seen);
            return answer(method, seen);
        }

        static int answer(Method method, Object[] arguments) {
            return method.getName().hashCode() * 31 + Arrays.hashCode(arguments);
        }

        void check(Method method, Object[] arguments, int result) {
            assertArrayEquals(arguments, last.get(), method.getName());
            assertEquals(answer(method, arguments), result, method.getName());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyBitPatternArrivesInEveryArgument(ComInterface type) throws Exception {
        Recorder recorder = new Recorder();
        ComInterface.Exported exported = type.export(recorder);
        for (Method method : type.methods()) {
            for (int changed = 0; changed < Math.max(1, method.getParameterCount()); changed++) {
                for (long pattern : PATTERNS) {
                    Object[] arguments = distinct(method);
                    if (arguments.length > 0) {
                        arguments[changed] = as(method.getParameterTypes()[changed], pattern);
                    }
                    recorder.check(method, arguments, (int) method.invoke(exported.calls(), arguments));
                }
            }
        }
        assertEquals(0, exported.unknown().release());
    }

    private static Object[] distinct(Method method) {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = as(method.getParameterTypes()[i], 0x1111_1111_1111_1111L * (i + 1));
        }
        return arguments;
    }

    private static Object as(Class<?> type, long value) {
        // an if, not a conditional expression: that would make longs of both
        if (type == long.class) {
            return value;
        }
        return (int) value;
    }

    /** The numbers of the slots, independent of the bindings that calls and stubs share. */
    @ParameterizedTest
    @EnumSource
    void everySlotOfTheReferenceHoldsItsMethod(ComInterface type) throws Throwable {
        Recorder recorder = new Recorder();
        ComInterface.Exported exported = type.export(recorder);
        long pointer = exported.unknown().pointer();
        long vtable = Memory.ALL.get(JAVA_LONG_UNALIGNED, pointer);
        long offset = 3 * 8;
        for (Method method : type.methods()) {
            List<Object> arguments = new ArrayList<>(List.of(distinct(method)));
            long function = Memory.ALL.get(JAVA_LONG_UNALIGNED, vtable + offset);
            arguments.addFirst(pointer);
            int result = (int) slot(method, function).invokeWithArguments(arguments);
            recorder.check(method, distinct(method), result);
            offset += 8;
        }
        assertEquals(0, exported.unknown().release());
    }

    @SuppressWarnings("restricted")
    private static MethodHandle slot(Method method, long function) {
        List<MemoryLayout> arguments = new ArrayList<>(List.of(JAVA_LONG));
        for (Class<?> parameter : method.getParameterTypes()) {
            arguments.add(parameter == long.class ? JAVA_LONG : JAVA_INT);
        }
        return Linker.nativeLinker()
                .downcallHandle(MemorySegment.ofAddress(function),
                        FunctionDescriptor.of(JAVA_INT, arguments.toArray(MemoryLayout[]::new)));
    }

    @ParameterizedTest
    @EnumSource
    void eightThreadsCallOneObjectAtOnce(ComInterface type) throws Exception {
        Recorder recorder = new Recorder();
        ComInterface.Exported exported = type.export(recorder);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Random random = new Random(i);
                tasks.add(() -> {
                    for (int round = 0; round < 200; round++) {
                        for (Method method : type.methods()) {
                            Object[] arguments = distinct(method);
                            for (int a = 0; a < arguments.length; a++) {
                                arguments[a] = as(method.getParameterTypes()[a], random.nextLong());
                            }
                            recorder.check(method, arguments, (int) method.invoke(exported.calls(), arguments));
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> end : threads.invokeAll(tasks)) {
                end.get();
            }
        }
        assertEquals(0, exported.unknown().release());
    }
}
