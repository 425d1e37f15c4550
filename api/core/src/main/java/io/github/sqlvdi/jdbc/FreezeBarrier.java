package io.github.sqlvdi.jdbc;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where the devices of several databases wait for each other: first all of them before the freeze, then all of them
 * frozen. The first failure ends both waits for all of them.
 *
 * <pre>
 *   PREPARING --all prepared--> FREEZING --all frozen--> FROZEN --action is done--> THAWED
 *       |                          |                       |
 *       +--------------------------+-----------------------+----first failure-----> FAILED
 * </pre>
 *
 * <p>A server that does not send VDC_PrepareToFreeze (before SQL Server 2000 SP2) freezes its databases one by one. Its
 * databases count as prepared when they are frozen.
 */
final class FreezeBarrier {

    private enum Phase {
        PREPARING, FREEZING, FROZEN, THAWED, FAILED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<String> databases;
    private final Duration prepareTimeout;
    private final Duration freezeTimeout;
    private final long begin = System.nanoTime();
    private final Set<String> prepared = new HashSet<>();
    private final Set<String> frozen = new HashSet<>();
    private final Set<String> waiting = new HashSet<>();
    private Phase phase = Phase.PREPARING;
    private Optional<String> failure = Optional.empty();
    private boolean freezing;
    private long freezeBegin;
    private long freezeEnd;

    FreezeBarrier(List<String> databases, Duration prepareTimeout, Duration freezeTimeout) {
        this.databases = databases;
        this.prepareTimeout = prepareTimeout;
        this.freezeTimeout = freezeTimeout;
    }

    /** Waits until all databases may be frozen. Called on the thread of a device. */
    void awaitFreeze(String database) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            prepared.add(database);
            if (phase == Phase.PREPARING && prepared.size() == databases.size()) {
                enter(Phase.FREEZING);
            }
            await(database, Phase.PREPARING);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the database may thaw. Called on the thread of a device, with its database frozen. */
    void awaitThaw(String database) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            prepared.add(database);
            frozen.add(database);
            beginFreeze();
            if (phase.compareTo(Phase.FROZEN) < 0 && frozen.size() == databases.size()) {
                enter(Phase.FROZEN);
            }
            await(database, Phase.FROZEN);
        } finally {
            lock.unlock();
        }
    }

    /** Waits as long as the phase is not behind the given one. */
    private void await(String database, Phase last) throws IOException, InterruptedException {
        waiting.add(database);
        while (phase.compareTo(last) <= 0) {
            changed.await();
        }
        if (phase == Phase.FAILED) {
            throw new IOException(failure.orElseThrow());
        }
        waiting.remove(database);
    }

    private void enter(Phase next) {
        phase = next;
        if (next == Phase.FREEZING) {
            beginFreeze();
        } else if (next.compareTo(Phase.THAWED) >= 0 && freezing) {
            freezeEnd = System.nanoTime();
        }
        changed.signalAll();
    }

    private void beginFreeze() {
        if (!freezing) {
            freezing = true;
            freezeBegin = System.nanoTime();
            changed.signalAll(); // the time of the freeze runs now
        }
    }

    /** Ends the waits of all databases with a failure, unless they have thawed. */
    void fail(String reason) {
        lock.lock();
        try {
            if (phase.compareTo(Phase.THAWED) < 0) {
                failure = Optional.of(reason);
                enter(Phase.FAILED);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets all databases thaw, unless the snapshot has failed. */
    void thaw() {
        lock.lock();
        try {
            if (phase == Phase.FROZEN) {
                enter(Phase.THAWED);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the action has ended with {@link #thaw} or {@link #fail}. Fails the snapshot at the end of the freeze. */
    void awaitAction() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (phase == Phase.FROZEN) {
                long left = freezeNanosLeft();
                if (left <= 0) {
                    fail(String.format(Locale.ROOT,
                            "The action did not end within %s, which is how long the databases may "
                                    + "be frozen",
                            freezeTimeout));
                } else {
                    changed.awaitNanos(left);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until all databases are frozen. Fails the snapshot at the end of the times for preparing and for the freeze.
     *
     * @return false if the snapshot has failed
     */
    boolean awaitAllFrozen() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (phase.compareTo(Phase.FROZEN) < 0) {
                long left = freezing ? freezeNanosLeft() : prepareTimeout.toNanos() - (System.nanoTime() - begin);
                if (left <= 0) {
                    fail(freezing ? late("were not frozen", freezeTimeout, frozen)
                            : late("did not come to their freeze", prepareTimeout, prepared));
                } else {
                    changed.awaitNanos(left);
                }
            }
            return phase != Phase.FAILED;
        } finally {
            lock.unlock();
        }
    }

    private String late(String what, Duration limit, Set<String> there) {
        List<String> missing = new ArrayList<>(databases);
        missing.removeAll(there);
        return String.format(Locale.ROOT, "%d of %d databases %s within %s: %s. Each needs a connection for itself",
                missing.size(), databases.size(), what, limit, missing);
    }

    private long freezeNanosLeft() {
        return freezeTimeout.toNanos() - (System.nanoTime() - freezeBegin);
    }

    /** Returns whether the device of a database waits here, or has got its refusal here. */
    boolean isWaiting(String database) {
        lock.lock();
        try {
            return waiting.contains(database);
        } finally {
            lock.unlock();
        }
    }

    Optional<String> failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how long any database was frozen; zero if none was. */
    Duration frozenFor() {
        lock.lock();
        try {
            return freezing ? Duration.ofNanos((freezeEnd == 0 ? System.nanoTime() : freezeEnd) - freezeBegin)
                    : Duration.ZERO;
        } finally {
            lock.unlock();
        }
    }
}
