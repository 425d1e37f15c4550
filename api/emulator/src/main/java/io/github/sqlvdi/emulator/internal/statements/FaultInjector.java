package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Lets the fault of a statement happen while its bytes are counted. Used by the device threads. */
final class FaultInjector {

    private static final String NOT_OPEN = "0x80770007(The object was not open.)";

    private final Faults faults;
    private final Fault fault;
    private final StatementContext context;
    private final Progress progress;
    private final long begun = System.nanoTime();
    private final AtomicLong lengthened = new AtomicLong();
    private volatile List<ServerMessage> errors = List.of();

    /** Takes the next fault for this statement. */
    FaultInjector(Faults faults, StatementContext context, Progress progress) {
        this.faults = faults;
        fault = faults.take();
        this.context = context;
        this.progress = progress;
    }

    /** How many bytes of buffers a statement can have. */
    long room() {
        return faults.room();
    }

    boolean is(Fault.Kind kind) {
        return fault != null && fault.kind() == kind;
    }

    /** The errors that the fault gives in place of those of the engine; empty for none. */
    List<ServerMessage> errors() {
        return errors;
    }

    /**
     * The messages of a fault that happens before the first byte; empty for none. The choice for a full log and a database
     * in use is inferred.
     */
    List<ServerMessage> refusal(String device, String database, boolean backup) {
        if (is(Fault.Kind.REFUSE)) {
            return List.of(
                    ServerMessage.error(18210, "BackupVirtualDeviceSet::Initialize: Open failure on backup device "
                            + "'%s'. Operating system error %s.", device, NOT_OPEN),
                    Messages.cannotOpen(device, NOT_OPEN, backup));
        }
        if (is(Fault.Kind.IN_USE)) {
            return List.of(backup ? Messages.notSerialized() : Messages.inUse());
        }
        return is(Fault.Kind.LOG_FULL) ? List.of(Messages.logFull(database)) : List.of();
    }

    /** Sets how many bytes the statement will have, about. */
    void expect(long bytes) {
        progress.expect(bytes);
    }

    /** Counts bytes that were read or written. A fault that is due happens now. */
    void count(int bytes, String file, boolean backup) throws IOException {
        long done = progress.add(bytes) + bytes;
        if (fault == null) {
            return;
        }
        switch (fault.kind()) {
            case SLOW -> pauseUntil(begun + (long) (done * 1e9 / Math.max(1, fault.after())));
            case FAIL -> {
                if (done >= fault.after()) {
                    errors = List.of(ServerMessage.error(backup ? 3203 : 3202, "%s on \"%s\" failed: %s",
                            backup ? "Read" : "Write", file, backup ? "23(Data error (cyclic redundancy check).)"
                                    : "112(There is not enough space on the disk.)"));
                    throw new IOException(
                            String.format(Locale.ROOT, "a fault was ordered after %d bytes", fault.after()));
                }
            }
            case HANG -> {
                if (done >= fault.after()) {
                    pauseUntil(Long.MAX_VALUE);
                }
            }
            case DROP -> {
                if (done >= fault.after()) {
                    context.session().kill();
                    pauseUntil(Long.MAX_VALUE); // until the end of the connection cancels the statement
                }
            }
            case KILL -> {
                if (done >= fault.after()) {
                    faults.killServer();
                    pauseUntil(Long.MAX_VALUE);
                }
            }
            default -> { // takes effect elsewhere
            }
        }
    }

    /**
     * Lets a fault happen that was ordered for the end, after the devices have ended. Returns the messages of the failure;
     * empty for none.
     */
    List<ServerMessage> end() {
        if (fault == null || fault.after() != Fault.AT_END) {
            return List.of();
        }
        switch (fault.kind()) {
            case FAIL -> {
                return List
                        .of(ServerMessage.error(3271, "A nonrecoverable I/O error occurred on file \"%s:\" %s.", "msdb",
                                "23(Data error (cyclic redundancy check).)"));
            }
            case HANG, DROP, KILL -> {
                if (is(Fault.Kind.DROP)) {
                    context.session().kill();
                } else if (is(Fault.Kind.KILL)) {
                    faults.killServer();
                }
                context.cancellation().pause(Long.MAX_VALUE);
            }
            default -> { // takes effect elsewhere
            }
        }
        return List.of();
    }

    private void pauseUntil(long time) throws IOException {
        try {
            context.cancellation().pause(time == Long.MAX_VALUE ? time : Math.max(0, time - System.nanoTime()));
        } catch (Cancellation.CancelledException cancelled) {
            throw new IOException("the statement was cancelled", cancelled);
        }
    }

    /** Fills the rest of a buffer with bytes behind the end of a stream. Returns how many; -1 if there are no more. */
    int lengthen(ByteBuffer target) {
        if (!is(Fault.Kind.LENGTHEN)) {
            return -1;
        }
        long begin = lengthened.getAndAdd(target.remaining());
        int count = (int) Math.min(target.remaining(), fault.after() - begin);
        if (count <= 0) {
            return -1;
        }
        for (int index = 0; index < count; index++) {
            target.put((byte) 0xEE);
        }
        return count;
    }

    /** How many of these bytes a cut stream still has. */
    long allowed(long bytes) {
        return is(Fault.Kind.CUT) ? Math.min(bytes, Math.max(0, fault.after() - progress.done())) : bytes;
    }
}
