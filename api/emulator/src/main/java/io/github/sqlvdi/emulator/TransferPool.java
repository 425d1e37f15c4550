package io.github.sqlvdi.emulator;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The buffers of a statement, shared by all devices (VDI reference 6.3, 7.1), and the lock for the state that the
 * devices share. Devices that hold no buffer are served first, so no device starves.
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

    /** Waits for a buffer. Returns null if the statement failed or the device's medium is full. */
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

    /** Returns a free buffer if the waiting devices without a buffer do not need it, otherwise null. */
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

    /** Wakes the devices that wait for a buffer, so that they see a failure or a full medium. */
    void wakeAll() {
        lock.lock();
        try {
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
