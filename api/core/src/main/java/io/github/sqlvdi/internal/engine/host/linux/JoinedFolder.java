package io.github.sqlvdi.internal.engine.host.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A set's folder that this process has joined.
 *
 * @param file the folder
 * @param path where it was published when this process joined
 */
record JoinedFolder(OpenFile file, Path path) implements SetFolder {
    private static final long UNLOCK_BOUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    @Override
    public void withdraw() {}

    /**
     * If the primary was killed, the remaining members remove the folder. The kernel closes a dead process's
     * descriptors one by one, so its lock may outlive its sockets by a moment. There is no event for that, so this
     * method polls for at most 100 ms.
     */
    @Override
    public void leave(boolean primaryDied) throws IOException {
        try (file) {
            long begin = System.nanoTime();
            while (!cleared() && primaryDied && System.nanoTime() - begin < UNLOCK_BOUND_NANOS) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private boolean cleared() throws IOException {
        return !file.isAt(path) || !Sweeper.isLive(file) && Sweeper.sweep(path);
    }
}
