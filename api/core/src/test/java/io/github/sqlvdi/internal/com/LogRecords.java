package io.github.sqlvdi.internal.com;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The records that the COM layer logs while this is open. They do not reach the output of the test. */
final class LogRecords implements AutoCloseable {
    private final Logger logger = Logger.getLogger("io.github.sqlvdi.com");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Handler handler;

    LogRecords() {
        this(published -> {
        });
    }

    /** @param next called with each record, on the thread that logs it; may throw */
    LogRecords(Consumer<LogRecord> next) {
        handler = new Handler() {
            @Override
            public void publish(LogRecord published) {
                records.add(published);
                next.accept(published);
            }

            @Override
            public void flush() {
                // nothing is held back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    List<LogRecord> all() {
        return records;
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }
}
