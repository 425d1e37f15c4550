package io.github.sqlvdi.internal.platform;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.bindings.VDC_Command;
import io.github.sqlvdi.internal.com.IClientVirtualDevice;
import io.github.sqlvdi.internal.memory.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** A device whose server is a test: it gives out the commands of the test in order, and records the completions. */
public final class ScriptedDevice implements IClientVirtualDevice {

    /** A completion by the client. */
    public record Completion(long command, int code, int bytes, long position) {}

    private record Step(int hresult, long command) {}

    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private final CountDownLatch waiting = new CountDownLatch(1);
    /** All completions, in order. */
    public final List<Completion> completions = new CopyOnWriteArrayList<>();
    /** The time-out of the last wait. */
    public volatile int lastTimeout;
    /** The result of the next completions. */
    public volatile int completionResult;

    /** Makes a command block that lives as long as the JVM. */
    public static MemorySegment block(int code, int size, long position, long buffer) {
        MemorySegment block = VDC_Command.allocate(Arena.global());
        VDC_Command.commandCode(block, code);
        VDC_Command.size(block, size);
        VDC_Command.position(block, position);
        VDC_Command.buffer(block, MemorySegment.ofAddress(buffer));
        return block;
    }

    /** The next wait gets this command. */
    public long send(CommandCode code, MemorySegment buffer) {
        long size = buffer == null ? 0 : buffer.byteSize();
        return send(block(code.value(), (int) size, 0, buffer == null ? 0 : buffer.address()).address());
    }

    /** The next wait gets the command in this block. */
    public long send(long block) {
        steps.add(new Step(Hresults.S_OK, block));
        return block;
    }

    /** The next wait ends with this result. */
    public void end(int hresult) {
        steps.add(new Step(hresult, 0));
    }

    /** Returns when a client waits without limit. */
    public void awaitWaiter() throws InterruptedException {
        waiting.await();
    }

    @Override
    public int getCommand(int dwTimeOut, long ppCmd) {
        lastTimeout = dwTimeOut;
        Step step = steps.poll();
        if (step == null && dwTimeOut == -1) {
            waiting.countDown();
            try {
                step = steps.take();
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts these tests", e);
            }
        }
        if (step == null) {
            return Hresults.VD_E_TIMEOUT;
        }
        Memory.ALL.set(JAVA_LONG_UNALIGNED, ppCmd, step.command());
        return step.hresult();
    }

    @Override
    public int completeCommand(long pCmd, int dwCompletionCode, int dwBytesTransferred, long dwlPosition) {
        completions.add(new Completion(pCmd, dwCompletionCode, dwBytesTransferred, dwlPosition));
        return completionResult;
    }
}
