package io.github.sqlvdi.emulator;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The buffers of a statement, shared by all devices (VDI reference 6.3, 7.1), and the lock for everything the devices have
 * in common. A device that has no buffer comes before those that have one, so that none stands still.
 */
final class TransferPool {

    final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final ArrayDeque<Transfer> free = new ArrayDeque<>();
    private int withoutBuffer;

    void add(Transfer transfer) {
        lock.lock();
        try {
            free.push(transfer);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a buffer; null when the device may not go on. */
    Transfer take(DeviceLink link) {
        lock.lock();
        try {
            boolean first = link.held == 0;
            withoutBuffer += first ? 1 : 0;
            try {
                while (!link.isInterrupted() && !isAvailable(link)) {
                    released.awaitUninterruptibly();
                }
            } finally {
                withoutBuffer -= first ? 1 : 0;
                if (first && withoutBuffer > 0) {
                    released.signalAll();
                }
            }
            return link.isInterrupted() ? null : give(link);
        } finally {
            lock.unlock();
        }
    }

    /** Gives a buffer if there is one to spare, null otherwise. */
    Transfer tryTake(DeviceLink link) {
        lock.lock();
        try {
            return !link.isInterrupted() && isAvailable(link) ? give(link) : null;
        } finally {
            lock.unlock();
        }
    }

    private boolean isAvailable(DeviceLink link) {
        return link.mayHold() && free.size() > (link.held == 0 ? 0 : withoutBuffer);
    }

    private Transfer give(DeviceLink link) {
        Transfer transfer = free.pop();
        transfer.link = link;
        link.held++;
        return transfer;
    }

    void release(Transfer transfer) {
        lock.lock();
        try {
            transfer.link.held--;
            free.push(transfer);
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Something changed that a device waiting for a buffer must look at. */
    void wakeAll() {
        lock.lock();
        try {
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
