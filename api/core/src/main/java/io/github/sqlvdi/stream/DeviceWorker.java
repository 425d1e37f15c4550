package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.mtf.StreamReport;
import io.github.sqlvdi.statement.DeviceOutcome;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Serves one device of a job on a thread of its own. */
final class DeviceWorker {

    private final VirtualDeviceSet set;
    private final String name;
    private final JobDevice device;
    private final VdiConfig agreed;
    private final Optional<StreamTap> tap;
    private final Runnable onEnd;
    private final Thread thread;
    private volatile CommandHandler handler;
    private volatile DeviceLoop loop;
    private volatile boolean closed;
    private volatile boolean ended;
    private volatile Throwable failure;

    DeviceWorker(VirtualDeviceSet set, String name, JobDevice device, VdiConfig agreed, Optional<StreamTap> tap,
            Runnable onEnd) {
        this.set = set;
        this.name = name;
        this.device = device;
        this.agreed = agreed;
        this.tap = tap;
        this.onEnd = onEnd;
        this.thread = Thread.ofPlatform().daemon().name("sqlvdi-device-" + name).unstarted(this::serve);
    }

    /** Starts the thread. If the system cannot start a thread, the device has failed and ended. */
    void start() {
        try {
            thread.start();
        } catch (Throwable unstarted) {
            remember(unstarted);
            set.abort();
            ended = true;
            onEnd.run();
        }
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

    /** How many bytes were written to the target or read from the source, as far as its handler knows. */
    long storedBytes() {
        CommandHandler current = handler;
        return current == null ? 0 : current.storedBytes();
    }

    /** Returns the refusal of a command that may have caused the failure of the statement, in words. */
    Optional<String> refusal() {
        return handler instanceof ReferenceDevice device
                ? device.refused().map(code -> String.format(Locale.ROOT,
                        "Device %s, a %s, refused %s: give the set and its devices the same class", name,
                        device.getClass().getSimpleName(), code.nativeName()))
                : Optional.empty();
    }

    /** Whether the server has sent this device VDC_Complete. */
    boolean completed() {
        DeviceLoop current = loop;
        return current != null && current.completed();
    }

    Duration waitedForServer() {
        DeviceLoop current = loop;
        return current == null ? Duration.ZERO : current.waitedForServer();
    }

    Duration waitedForTarget() {
        DeviceLoop current = loop;
        return current == null ? Duration.ZERO : current.waitedForTarget();
    }

    /** Returns the analysis of the stream; empty if there is none. */
    Optional<StreamReport> stream() {
        return tap.flatMap(StreamTap::report);
    }

    private void endTap() {
        try {
            if (handler instanceof ReferenceDevice) {
                tap.ifPresent(StreamTap::end);
            }
        } catch (Throwable failure) { // for example OutOfMemoryError while making the report
            remember(failure);
        }
    }

    DeviceOutcome outcome() {
        return new DeviceOutcome(name, bytes(), closed, Optional.ofNullable(failure));
    }

    /**
     * Serves the device to its end. Every failure is recorded for the job. A device that cannot be served aborts the
     * whole set.
     */
    private void serve() {
        DeviceEvent event = new DeviceEvent();
        event.begin();
        try {
            handler = device.open(agreed);
            if (handler instanceof ReferenceDevice known) {
                tap.ifPresent(known::readAlong);
            }
            DeviceLoop serving = new DeviceLoop(set.openDevice(name), handler);
            loop = serving;
            try {
                closed = serving.run() == DeviceLoop.End.CLOSED;
            } finally {
                serving.failure().ifPresent(this::remember);
            }
        } catch (VdiAbortedException aborted) {
            closed = false;
            if (aborted.getCause() != null) { // else no failure of this device: the job reports the reason of the abort
                remember(aborted);
            }
        } catch (Throwable thrown) {
            remember(thrown);
            set.abort();
        } finally {
            closeHandler();
            endTap();
            commit(event);
            ended = true;
            onEnd.run();
        }
    }

    private void commit(DeviceEvent event) {
        event.end();
        if (event.shouldCommit()) {
            event.device = name;
            event.bytes = bytes();
            event.closed = closed;
            event.waitedForServer = waitedForServer().toNanos();
            event.waitedForTarget = waitedForTarget().toNanos();
            event.waitedForCodec = handler instanceof PipelinedDevice device ? device.waitedForCodec() : 0;
            event.commit();
        }
    }

    private void closeHandler() {
        if (handler != null) {
            try {
                handler.close();
            } catch (Throwable unclosed) {
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
