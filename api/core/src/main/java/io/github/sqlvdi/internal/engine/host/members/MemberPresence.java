package io.github.sqlvdi.internal.engine.host.members;

import io.github.sqlvdi.internal.engine.host.MemberGoneException;
import io.github.sqlvdi.internal.engine.host.Presence;
import io.github.sqlvdi.internal.engine.host.RegionKey;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A member of a set: its entry in the directory of names and its watch thread. */
public final class MemberPresence implements Presence {

    static final System.Logger LOG = System.getLogger("io.github.sqlvdi.host");

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long WATCH_BOUND_SECONDS = 15;
    private static final long JOIN_BOUND_MILLIS = 5_000;

    private final SetRecord set;
    private final int slot;
    private final Membership membership;
    private final WatchLoop loop;
    private final Thread thread;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean primaryDied;

    private MemberPresence(SetRecord set, int slot, LinkPort port, Membership membership, Listener listener) {
        this.set = set;
        this.slot = slot;
        this.membership = membership;
        this.loop = new WatchLoop(port, new Hello(slot, slot, set.identity(), RANDOM.nextLong()), noting(listener));
        this.thread = Thread.ofPlatform().daemon().name("sqlvdi-watch-" + slot).unstarted(loop);
    }

    private Listener noting(Listener listener) {
        return new Listener() {
            @Override
            public void died(int other) {
                primaryDied |= other == 0;
                listener.died(other);
            }

            @Override
            public void left(int other) {
                listener.left(other);
            }
        };
    }

    /** Starts the watch thread. From now on the presence owns the port and the membership. */
    public static MemberPresence start(SetRecord set, int slot, LinkPort port, Membership membership,
            Listener listener) {
        MemberPresence presence = new MemberPresence(set, slot, port, membership, listener);
        presence.thread.start();
        return presence;
    }

    @Override
    public int slot() {
        return slot;
    }

    @Override
    public RegionKey control() {
        return set.control();
    }

    @Override
    public void watch(int other) throws IOException {
        if (other < 0 || other > MAX_SLOT || other == slot) {
            throw new IllegalArgumentException("slot is " + other + "; expected 0 to " + MAX_SLOT + " other than "
                    + slot);
        }
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("watch would wait for the thread that it is called on; expected a call "
                    + "from outside the listener");
        }
        String failure = "the process in slot " + other + " of the device set \"" + set.name() + "\" cannot be watched";
        try {
            loop.watch(other).get(WATCH_BOUND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MemberGoneException gone) {
                MemberGoneException itself = new MemberGoneException(failure + ": " + gone.getMessage());
                itself.initCause(gone);
                throw itself;
            }
            throw new IOException(failure + ": " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException(failure + ": this process's own watch thread is held up, by a listener most likely",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException(failure + ": interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        // The order matters: first hide the set, then send every goodbye, then remove the entry.
        attempt("withdraw its name", membership::withdraw);
        if (Thread.currentThread() == thread) {
            loop.stop(true);
        } else {
            loop.stop(false);
            joinThread();
        }
        attempt("give its slot back", membership::giveBack);
        attempt("let go of the set's name", () -> membership.leave(primaryDied));
    }

    private void joinThread() {
        boolean interrupted = false;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(JOIN_BOUND_MILLIS);
        long rest = JOIN_BOUND_MILLIS;
        while (thread.isAlive() && rest > 0) {
            try {
                thread.join(rest);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            rest = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.log(Level.WARNING, "The listener of slot {0} of the device set \"{1}\" has held its thread "
                    + "for {2} ms; the others hear goodbye when it returns", slot, set.name(), JOIN_BOUND_MILLIS);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private void attempt(String what, Step step) {
        try {
            step.run();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Slot " + slot + " of the device set \"" + set.name() + "\" could not "
                    + what, e);
        }
    }

    @Override
    public String toString() {
        return "Presence[slot " + slot + " of " + set.name() + "]";
    }
}
