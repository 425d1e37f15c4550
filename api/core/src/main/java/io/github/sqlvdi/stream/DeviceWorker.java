package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.statement.DeviceOutcome;
import java.io.IOException;
import java.util.Optional;

/** Serves one device of a job on a thread of its own. */
final class DeviceWorker {

    private final VirtualDeviceSet set;
    private final String name;
    private final JobDevice device;
    private final VdiConfig agreed;
    private final Runnable onEnd;
    private final Thread thread;
    private volatile CommandHandler handler;
    private volatile boolean closed;
    private volatile boolean ended;
    private volatile Throwable failure;

    DeviceWorker(VirtualDeviceSet set, String name, JobDevice device, VdiConfig agreed, Runnable onEnd) {
        this.set = set;
        this.name = name;
        this.device = device;
        this.agreed = agreed;
        this.onEnd = onEnd;
        this.thread = Thread.ofPlatform().daemon().name("sqlvdi-device-" + name).unstarted(this::serve);
    }

    void start() {
        thread.start();
    }

    void interrupt() {
        thread.interrupt();
    }

    String name() {
        return name;
    }

    boolean ended() {
        return ended;
    }

    boolean closed() {
        return closed;
    }

    long bytes() {
        CommandHandler current = handler;
        return current == null ? 0 : current.bytesTransferred();
    }

    DeviceOutcome outcome() {
        return new DeviceOutcome(name, bytes(), closed, Optional.ofNullable(failure));
    }

    /** Whatever ends this thread is known to the job, and a device that cannot be served ends the whole set. */
    private void serve() {
        try {
            handler = device.open(agreed);
            DeviceLoop loop = new DeviceLoop(set.openDevice(name), handler);
            try {
                closed = loop.run() == DeviceLoop.End.CLOSED;
            } finally {
                loop.failure().ifPresent(this::remember);
            }
        } catch (VdiAbortedException aborted) {
            closed = false; // nobody's fault here: the job knows who aborted
        } catch (Throwable thrown) {
            remember(thrown);
            set.abort();
        } finally {
            closeHandler();
            ended = true;
            onEnd.run();
        }
    }

    private void closeHandler() {
        if (handler != null) {
            try {
                handler.close();
            } catch (IOException | RuntimeException unclosed) {
                remember(unclosed);
            }
        }
    }

    private void remember(Throwable thrown) {
        if (failure == null) {
            failure = thrown;
        } else if (failure != thrown) {
            failure.addSuppressed(thrown);
        }
    }
}
