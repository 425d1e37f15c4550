package io.github.sqlvdi.internal.engine.host.linux;

import io.github.sqlvdi.internal.engine.host.Presence;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A member of a set: its place in the set's folder and its watch thread. */
final class LinuxPresence implements Presence {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long WATCH_BOUND_SECONDS = 15;
    private static final long JOIN_BOUND_MILLIS = 5_000;

    private final SetRecord set;
    private final Slot place;
    private final SetFolder folder;
    private final WatchLoop loop;
    private final Thread thread;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LinuxPresence(SetRecord set, Slot place, SetFolder folder, Listener listener) throws IOException {
        this.set = set;
        this.place = place;
        this.folder = folder;
        int slot = place.number();
        this.loop = new WatchLoop(place, new Hello(slot, slot, set.identity(), RANDOM.nextLong()), listener);
        this.thread = Thread.ofPlatform().daemon().name("sqlvdi-watch-" + slot).unstarted(loop);
    }

    /** Starts watching; place and folder are the presence's from now on. */
    static LinuxPresence start(SetRecord set, Slot place, SetFolder folder, Listener listener) throws IOException {
        LinuxPresence presence = new LinuxPresence(set, place, folder, listener);
        presence.thread.start();
        return presence;
    }

    @Override
    public int slot() {
        return place.number();
    }

    @Override
    public void watch(int slot) throws IOException {
        if (slot < 0 || slot > MAX_SLOT || slot == slot()) {
            throw new IllegalArgumentException("slot is " + slot + "; expected 0 to " + MAX_SLOT + " other than "
                    + slot());
        }
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("watch would wait for the thread that it is called on; expected a call "
                    + "from outside the listener");
        }
        String failure = "the process in slot " + slot + " of the device set \"" + set.name() + "\" cannot be watched";
        try {
            loop.watch(slot).get(WATCH_BOUND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
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
        // In this order: nobody finds the set, nobody is left without a goodbye, nothing remains.
        attempt("withdraw its name", folder::withdraw);
        if (Thread.currentThread() == thread) {
            loop.stop(true);
        } else {
            loop.stop(false);
            joinThread();
        }
        attempt("give its slot back", place::close);
        attempt("leave its folder", folder::leave);
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
            LinuxHost.LOG.log(Level.WARNING, "The listener of slot {0} of the device set \"{1}\" has held its thread "
                    + "for {2} ms; the others hear goodbye when it returns", slot(), set.name(), JOIN_BOUND_MILLIS);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private void attempt(String what, Step step) {
        try {
            step.run();
        } catch (IOException e) {
            LinuxHost.LOG.log(Level.WARNING, "Slot " + slot() + " of the device set \"" + set.name() + "\" could not "
                    + what, e);
        }
    }

    @Override
    public String toString() {
        return "Presence[slot " + slot() + " of " + set.name() + "]";
    }
}
