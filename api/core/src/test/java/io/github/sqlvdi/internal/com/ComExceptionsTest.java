package io.github.sqlvdi.internal.com;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.sqlvdi.Hresults;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing that an implementation throws leaves an upcall: that would end the JVM. */
class ComExceptionsTest {

    private static IClientVirtualDevice device(Runnable body) {
        return new IClientVirtualDevice() {
            @Override
            public int getCommand(int dwTimeOut, long ppCmd) {
                body.run();
                return Hresults.S_OK;
            }

            @Override
            public int completeCommand(long pCmd, int dwCompletionCode, int dwBytesTransferred, long dwlPosition) {
                body.run();
                return Hresults.S_OK;
            }
        };
    }

    private static int call(Runnable body) {
        ClientVirtualDeviceCalls device = new ClientVirtualDeviceCalls(ComObjects.export(device(body), () -> {
        }));
        try {
            return device.getCommand(0, 0);
        } finally {
            device.release();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyMethodThatThrowsGivesUnexpectedAndIsLogged(ComInterface type) throws Exception {
        for (Throwable thrown : List.of(new IllegalStateException("asked for"), new AssertionError("asked for"),
                new Exception("checked, undeclared"))) {
            ComInterface.Exported exported = type.export((proxy, method, arguments) -> {
                throw thrown;
            });
            for (Method method : type.methods()) {
                try (LogRecords log = new LogRecords()) {
                    int result = (int) method.invoke(exported.calls(), ComInterface.zeros(method));
                    assertEquals(Hresults.VD_E_UNEXPECTED, result, method.getName());
                    assertEquals(1, log.all().size(), method.getName());
                    assertEquals(Level.SEVERE, log.all().getFirst().getLevel());
                    Throwable logged = log.all().getFirst().getThrown();
                    // a proxy wraps what its method does not declare
                    assertSame(thrown, thrown.getClass() == Exception.class ? logged.getCause() : logged);
                }
            }
            exported.unknown().release();
        }
    }

    @Test
    void stackOverflowGivesUnexpected() {
        try (LogRecords log = new LogRecords()) {
            assertEquals(Hresults.VD_E_UNEXPECTED, call(ComExceptionsTest::recurse));
            assertEquals(StackOverflowError.class, log.all().getFirst().getThrown().getClass());
        }
    }

    private static void recurse() {
        recurse();
    }

    @Test
    void loggerThatThrowsTheSameErrorAgainChangesNothing() {
        // the JVM's own is one object too when memory is out
        OutOfMemoryError shared = new OutOfMemoryError("asked for");
        try (LogRecords log = new LogRecords(published -> {
            throw shared;
        })) {
            assertEquals(Hresults.VD_E_UNEXPECTED, call(() -> {
                throw shared;
            }));
            assertEquals(1, log.all().size());
        }
    }

    @Test
    void finalReleaseThatThrowsIsLoggedAndTheObjectIsGone() {
        int live = ComObjects.liveCount();
        AtomicInteger runs = new AtomicInteger();
        ClientVirtualDeviceCalls device = new ClientVirtualDeviceCalls(ComObjects.export(device(() -> {
        }), () -> {
            runs.incrementAndGet();
            throw new IllegalStateException("asked for");
        }));
        try (LogRecords log = new LogRecords()) {
            assertEquals(0, device.release());
            assertEquals(0, device.release());
            assertEquals(1, log.all().size());
        }
        assertEquals(1, runs.get());
        assertEquals(live, ComObjects.liveCount());
        assertEquals(Hresults.CO_E_OBJNOTCONNECTED, device.getCommand(0, 0));
    }
}
