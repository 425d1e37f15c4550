package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.AbortReason;
import io.github.sqlvdi.Hresults;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The loop inside ExecuteCompletionAgent. It takes the completions of all devices and calls their routines. It ends with
 * Close or an abort. It enforces serverTimeOut: the set is aborted after more than two intervals without a completion while
 * commands are pending (VDI reference 2.8 (c)).
 */
final class AgentLoop {
    /**
     * Every 65,536th iteration looks at each ring's tail too, so that a record whose number was overwritten is found even
     * while other devices keep the agent busy. A bit mask.
     */
    private static final int LOOKS_BETWEEN_THOROUGH_ONES = (1 << 16) - 1;

    private final ServerSet set;
    private final SetMember member;
    private final List<EmbeddedServerDevice> devices;
    private final AdaptiveWait wait;
    private final long limitNanos;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Thread thread;
    private long lastProgress;
    private int looks;
    private boolean watching; // a command has been pending since lastProgress or before

    AgentLoop(ServerSet set, SetMember member, List<EmbeddedServerDevice> devices, Duration serverTimeOut) {
        this.set = set;
        this.member = member;
        this.devices = devices;
        this.wait = new AdaptiveWait(member.agentEvent());
        this.limitNanos = 2 * serverTimeOut.toNanos();
    }

    int run() {
        thread = Thread.currentThread();
        try {
            try {
                loop();
            } catch (RuntimeException | Error e) {
                if (member.isUnmapped(e)) {
                    return Hresults.S_OK; // a callback on this thread closed the set
                }
                member.abort(AbortReason.CALLBACK_FAILED);
                abandonOutstanding();
                throw e;
            }
            abandonOutstanding();
            return member.aborted() ? Hresults.VD_E_ABORT : Hresults.S_OK;
        } finally {
            ended.countDown();
        }
    }

    private void loop() {
        wait.start(AdaptiveWait.INFINITE);
        while (!member.aborted() && !set.isGone()) {
            try {
                boolean thorough = wait.slept() || (++looks & LOOKS_BETWEEN_THOROUGH_ONES) == 0;
                if (drain(thorough ? -1L : takePending(), thorough)) {
                    wait.progressed();
                    watching = false;
                    continue;
                }
            } catch (DamagedRegionException e) {
                member.abortDamaged(e);
                return;
            }
            wait.pause();
            if (wait.slept()) {
                lookAround();
            }
        }
        drainLast();
    }

    /** Handles the completions that clients wrote before an orderly Close. After an abort there is nothing to do. */
    private void drainLast() {
        try {
            drain(-1L, true);
        } catch (DamagedRegionException e) {
            member.abortDamaged(e);
        }
    }

    /**
     * Completes the commands that are still outstanding at the end with an abort. The set is aborted too if there are any,
     * so that clients learn that it did not end in order.
     */
    void abandonOutstanding() {
        for (EmbeddedServerDevice device : devices) {
            if (device.outstanding() > 0) {
                member.abort(AbortReason.SERVER_CLOSED);
                device.abortOutstanding();
            }
        }
    }

    /** {@return the devices whose completions must be read, one bit for each} */
    private long takePending() {
        if (member.deviceCount() <= ControlLayout.DEVICES_WITHOUT_PENDING) {
            return -1L;
        }
        long pending = Atomics.getLongVolatile(member.memory(), ControlLayout.PENDING_OFFSET);
        return pending == 0 ? 0 : Atomics.getAndSetLong(member.memory(), ControlLayout.PENDING_OFFSET, 0);
    }

    private boolean drain(long pending, boolean thorough) throws DamagedRegionException {
        boolean any = false;
        int count = devices.size();
        for (int i = 0; i < count && pending != 0; i++) {
            if ((pending >>> i & 1) != 0) {
                any |= devices.get(i).drain(thorough);
            }
        }
        return any;
    }

    /** Does the periodic checks. They are needed only while the agent is idle. */
    private void lookAround() {
        set.mend();
        int outstanding = 0;
        for (int i = 0; i < devices.size(); i++) {
            outstanding += devices.get(i).outstanding();
            devices.get(i).mend();
        }
        long now = System.nanoTime();
        if (outstanding == 0 || !watching) {
            lastProgress = now; // the interval starts with the first check that finds a command pending
        } else if (limitNanos > 0 && now - lastProgress > limitNanos) {
            member.abort(AbortReason.TIME_OUT);
        }
        watching = outstanding != 0;
        wait.lengthen(!watching && limitNanos == 0); // long sleeps would see a time-out late
    }

    boolean isCurrentThread() {
        return thread == Thread.currentThread();
    }

    void awaitEnd(long millis) throws TimeoutException {
        boolean interrupted = false;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (true) {
                try {
                    if (!ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        throw new TimeoutException("the completion agent did not end within " + millis + " ms");
                    }
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
