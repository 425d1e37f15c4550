package io.github.sqlvdi.internal.com;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.Hresult;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method of the six interfaces: Java call, vtable slot, upcall stub, Java object, and back. */
class ComRoundTripTest {
    private static final Runnable NOTHING = () -> {};

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
            return method.getName().hashCode() * 31 + List.of(arguments).hashCode();
        }
    }

    private record Subject(Class<?> type, Object calls, Recorder recorder) {
        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    private static <T> T proxy(Class<T> type, Recorder recorder) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, recorder));
    }

    static Stream<Subject> interfaces() {
        Recorder recorder = new Recorder();
        long server = ComObjects.exportServerSet(
                proxy(IServerVirtualDeviceSet2.class, recorder), proxy(IServerVirtualDeviceSet.class, recorder),
                NOTHING);
        long clientSet = ComObjects.export(proxy(IClientVirtualDeviceSet2.class, recorder), NOTHING);
        return Stream.of(
                new Subject(
                        IClientVirtualDevice.class,
                        new ClientVirtualDeviceCalls(
                                ComObjects.export(proxy(IClientVirtualDevice.class, recorder), NOTHING)),
                        recorder),
                new Subject(IClientVirtualDeviceSet.class, new ClientVirtualDeviceSetCalls(clientSet), recorder),
                new Subject(IClientVirtualDeviceSet2.class, new ClientVirtualDeviceSet2Calls(clientSet), recorder),
                new Subject(
                        IServerVirtualDevice.class,
                        new ServerVirtualDeviceCalls(
                                ComObjects.export(proxy(IServerVirtualDevice.class, recorder), NOTHING)),
                        recorder),
                new Subject(
                        IServerVirtualDeviceSet.class,
                        new ServerVirtualDeviceSetCalls(server + ComCells.SECOND_HALF),
                        recorder),
                new Subject(IServerVirtualDeviceSet2.class, new ServerVirtualDeviceSet2Calls(server), recorder));
    }

    @ParameterizedTest
    @MethodSource("interfaces")
    void everyMethodCarriesItsArgumentsAndResult(Subject subject) throws Exception {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            for (Method method : subject.type().getMethods()) {
                call(subject, method, random);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("interfaces")
    void eightThreadsCallOneObjectAtOnce(Subject subject) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Random random = new Random(i);
                tasks.add(() -> {
                    for (int round = 0; round < 100; round++) {
                        for (Method method : subject.type().getMethods()) {
                            call(subject, method, random);
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> end : threads.invokeAll(tasks)) {
                end.get();
            }
        }
    }

    private static void call(Subject subject, Method method, Random random) throws Exception {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            // an object reference in the if: a conditional expression would make longs of both
            if (method.getParameterTypes()[i] == long.class) {
                arguments[i] = random.nextLong();
            } else {
                arguments[i] = random.nextInt();
            }
        }
        int expected = Recorder.answer(method, arguments);
        int actual = (int) method.invoke(subject.calls(), arguments);
        assertArrayEquals(arguments, subject.recorder().last.get(), method.getName());
        assertEquals(expected, actual, method.getName());
    }

    @Test
    void anExceptionOrErrorBecomesUnexpected() {
        for (Throwable thrown : List.of(new IllegalStateException("asked for"), new AssertionError("asked for"))) {
            InvocationHandler failing = (proxy, method, arguments) -> {
                throw thrown;
            };
            Object target = Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[]{
                        IClientVirtualDevice.class, IClientVirtualDeviceSet2.class, IServerVirtualDevice.class
                    },
                    failing);
            long device = ComObjects.export((IClientVirtualDevice) target, NOTHING);
            assertEquals(Hresult.VD_E_UNEXPECTED, new ClientVirtualDeviceCalls(device).getCommand(0, 0));
            long set = ComObjects.export((IClientVirtualDeviceSet2) target, NOTHING);
            assertEquals(Hresult.VD_E_UNEXPECTED, new ClientVirtualDeviceSet2Calls(set).close());
            long server = ComObjects.export((IServerVirtualDevice) target, NOTHING);
            assertEquals(Hresult.VD_E_UNEXPECTED, new ServerVirtualDeviceCalls(server).closeDevice());
        }
    }
}
