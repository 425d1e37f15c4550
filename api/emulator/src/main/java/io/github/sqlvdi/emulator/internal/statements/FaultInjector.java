package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Lets the fault of a statement happen while its bytes are counted. Used by the device threads. */
final class FaultInjector {

    private final Fault fault;
    private final StatementContext context;
    private final Progress progress;
    private final long begun = System.nanoTime();
    private volatile List<ServerMessage> errors = List.of();

    FaultInjector(Fault fault, StatementContext context, Progress progress) {
        this.fault = fault;
        this.context = context;
        this.progress = progress;
    }

    boolean is(Fault.Kind kind) {
        return fault != null && fault.kind() == kind;
    }

    /** The errors that the fault gives in place of those of the engine; empty for none. */
    List<ServerMessage> errors() {
        return errors;
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
                    throw new IOException(String.format(Locale.ROOT,
                            "a fault was ordered after %d bytes", fault.after()));
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
                }
            }
            default -> { // takes effect elsewhere
            }
        }
    }

    private void pauseUntil(long time) throws IOException {
        try {
            context.cancellation().pause(time == Long.MAX_VALUE ? time : Math.max(0, time - System.nanoTime()));
        } catch (Cancellation.CancelledException cancelled) {
            throw new IOException("the statement was cancelled", cancelled);
        }
    }

    /** How many of these bytes a cut stream still has. */
    long allowed(long bytes) {
        return is(Fault.Kind.CUT) ? Math.min(bytes, Math.max(0, fault.after() - progress.done())) : bytes;
    }
}
