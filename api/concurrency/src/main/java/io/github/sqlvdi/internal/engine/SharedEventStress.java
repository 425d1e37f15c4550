package io.github.sqlvdi.internal.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.sqlvdi.internal.engine.host.Host;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Proxy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * No wake-up is lost, with a second sleeper that arms the same event at any moment: a sleeper that did not see the work
 * finds another word than it armed, so that its sleep ends at once. The second value is 1 if it would sleep on.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the sleeper saw the work, and was signalled needlessly")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the sleeper saw the work, and was not signalled")
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the sleeper did not see the work, and was signalled")
@Outcome(id = "0, 1", expect = FORBIDDEN, desc = "the wake-up is lost")
@State
public class SharedEventStress {

    private static final long EVENT_OFFSET = 0;
    private static final long WORK_OFFSET = 64;

    /** No thread sleeps here: the word shows whether it would. */
    private static final Host NO_SLEEP = (Host) Proxy.newProxyInstance(Host.class.getClassLoader(),
            new Class<?>[]{Host.class}, (proxy, method, arguments) -> null);

    private final MemorySegment memory = MemorySegment.ofArray(new long[16]);
    private final SharedEvent event = new SharedEvent(NO_SLEEP, memory, EVENT_OFFSET);

    private int armed;

    @Actor
    public void sleeper(II_Result result) {
        armed = event.arm();
        result.r1 = Atomics.getIntVolatile(memory, WORK_OFFSET);
    }

    @Actor
    public void otherSleeper() {
        event.arm();
    }

    @Actor
    public void signaller() {
        Atomics.setIntVolatile(memory, WORK_OFFSET, 1);
        event.signal();
    }

    @Arbiter
    public void after(II_Result result) {
        result.r2 = Atomics.getIntVolatile(memory, EVENT_OFFSET) == armed ? 1 : 0;
    }
}
