package io.github.sqlvdi.internal.com;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Completion routines from Java to native and back. */
class CallbackTest {

    @Test
    void pointerArrivesAsItWasOnTheCallersThread() {
        List<Long> pointers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        long routine = Callback.stub(pCmd -> {
            pointers.add(pCmd);
            threads.add(Thread.currentThread());
        });
        List<Long> sent = List.of(0L, 1L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 0x8000_0000L, 0x0123_4567_89AB_CDEFL);
        for (long pCmd : sent) {
            Callback.invoke(routine, pCmd);
        }
        assertEquals(sent, pointers);
        assertEquals(List.of(Thread.currentThread()), threads.stream().distinct().toList());
    }

    @Test
    void twoStubsCallTheirOwnTargets() {
        List<String> called = new ArrayList<>();
        long first = Callback.stub(pCmd -> called.add("first " + pCmd));
        long second = Callback.stub(pCmd -> called.add("second " + pCmd));
        Callback.invoke(second, 2);
        Callback.invoke(first, 1);
        assertEquals(List.of("second 2", "first 1"), called);
    }

    @Test
    void exceptionOfTheTargetIsLoggedAndEndsThere() {
        for (RuntimeException thrown : List.of(new IllegalStateException("asked for"), new RuntimeException())) {
            long routine = Callback.stub(pCmd -> {
                throw thrown;
            });
            try (LogRecords log = new LogRecords()) {
                Callback.invoke(routine, 7);
                assertEquals(1, log.all().size());
                assertSame(thrown, log.all().getFirst().getThrown());
            }
        }
    }

    @Test
    void loggerThatThrowsTheSameErrorAgainChangesNothingAndIsToldLater() {
        Error shared = new OutOfMemoryError("asked for");
        long routine = Callback.stub(pCmd -> {
            throw shared;
        });
        try (LogRecords log = new LogRecords(published -> {
            throw shared;
        })) {
            Callback.invoke(routine, 7);
            assertEquals(1, log.all().size());
        }
        try (LogRecords log = new LogRecords()) {
            Callback.invoke(routine, 7);
            assertEquals("VDS_CompletionRoutine threw; 1 failures before it could not be logged",
                    log.all().getFirst().getMessage());
        }
    }

    @Test
    void nullRoutineIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Callback.invoke(0, 7));
    }

    @Test
    void nullTargetIsRefused() {
        assertThrows(NullPointerException.class, () -> Callback.stub(null));
    }
}
