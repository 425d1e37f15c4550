package io.github.sqlvdi.emulator;

import io.github.sqlvdi.stream.SqlMessage;
import java.util.List;

/** The fate of a statement: goes well until the first failure, which stops the work on every device. */
final class StatementControl {

    private final TransferPool pool;
    private volatile List<SqlMessage> failure;

    StatementControl(TransferPool pool) {
        this.pool = pool;
    }

    boolean failed() {
        return failure != null;
    }

    /** The messages of the first failure, null for none. */
    List<SqlMessage> failure() {
        return failure;
    }

    void fail(List<SqlMessage> messages) {
        synchronized (this) {
            if (failure == null) {
                failure = messages;
            }
        }
        pool.wakeAll();
    }
}
