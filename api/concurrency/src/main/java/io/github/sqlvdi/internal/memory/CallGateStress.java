package io.github.sqlvdi.internal.memory;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** A call that got into the gate never meets memory that the closing thread has freed. */
public final class CallGateStress {

    private CallGateStress() {
    }

    /** One thread calls, the other shuts the gate and frees when nobody is inside. */
    @JCStressTest
    @Outcome(id = "false, false", expect = ACCEPTABLE,
            desc = "the call ended or began before, nothing was freed under it")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "freed, and the call did not see it")
    @Outcome(id = "true, true", expect = FORBIDDEN, desc = "the call was inside memory that was freed")
    @Outcome(id = "true, false", expect = FORBIDDEN, desc = "the call saw what did not happen")
    @State
    public static class FreeWhenIdle {

        private final CallGate gate = new CallGate();
        private boolean freed; // plain, as the memory is: the gate must order it

        @Actor
        public void call(ZZ_Result result) {
            if (gate.tryEnter()) {
                result.r1 = freed;
                gate.leave();
            }
        }

        @Actor
        public void close(ZZ_Result result) {
            gate.shut();
            if (gate.isIdle()) {
                freed = true;
                result.r2 = true;
            }
        }
    }

    /** The wake-up of the last caller is not lost: the closing thread does not sleep until its deadline. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "the wait saw the caller leave")
    @Outcome(id = "false", expect = FORBIDDEN, desc = "the wait ran into its deadline")
    @State
    public static class AwaitIdle {

        private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(20);

        private final CallGate gate = new CallGate();

        public AwaitIdle() {
            gate.tryEnter();
            gate.shut();
        }

        @Actor
        public void leave() {
            gate.leave();
        }

        @Actor
        public void await(Z_Result result) {
            result.r1 = gate.awaitIdle(System.nanoTime() + DEADLINE_NANOS);
        }
    }
}
