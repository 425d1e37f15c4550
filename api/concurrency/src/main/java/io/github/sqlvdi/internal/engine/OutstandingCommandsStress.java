package io.github.sqlvdi.internal.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JI_Result;

/**
 * Each command is called back exactly once, also when its sender notices an abort so late that its tag has gone to the next
 * command. The first value is the block that the agent called back, the second is 1 if the sender of block 1 called back.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the agent called back the first command")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the sender called back the first command")
@Outcome(id = "1, 1", expect = FORBIDDEN, desc = "two callbacks; or the sender took the second command's tag")
@Outcome(id = "0, 0", expect = FORBIDDEN, desc = "no callback")
@State
public class OutstandingCommandsStress {

    private static final int TAG = 0;

    private final OutstandingCommands commands = new OutstandingCommands();
    private final int use = commands.add(TAG, 1, 0, 0, 0);

    @Actor
    public void senderThatNoticesAnAbort(JI_Result result) {
        result.r2 = commands.take(TAG, use) ? 1 : 0;
    }

    @Actor
    public void agentAndNextSender(JI_Result result) {
        int seen = commands.use(TAG);
        long block = commands.block(TAG);
        result.r1 = commands.take(TAG, seen) ? block : 0;
        if (commands.freeTag() == TAG) {
            commands.add(TAG, 2, 0, 0, 0);
        }
    }
}
