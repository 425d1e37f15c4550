package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.catalog.SessionRecord;

/** How far a statement is. Device threads count bytes, the session's thread waits for the next percentage to report. */
final class Progress {

    private long total;
    private final int step;
    private final SessionRecord session;
    private long done;
    private int reported;
    private boolean ended;

    /** Counts up to {@code total} bytes; 0 for an unknown number. Reports at each {@code step} percent; 0 for never. */
    Progress(long total, int step, SessionRecord session) {
        this.total = total;
        this.step = step;
        this.session = session;
    }

    /** Sets how many bytes there will be, where that was unknown. */
    synchronized void expect(long bytes) {
        if (total == 0) {
            total = bytes;
        }
    }

    /** {@return how many bytes were counted} */
    synchronized long done() {
        return done;
    }

    /** Counts bytes. Returns how many there were before. */
    synchronized long add(long bytes) {
        long before = done;
        done += bytes;
        if (total > 0) {
            session.percent = Math.min(100.0, 100.0 * done / total);
        }
        if (isDue()) {
            notifyAll();
        }
        return before;
    }

    private int percent() {
        return total <= 0 ? 0 : (int) Math.min(100, 100 * (double) done / total);
    }

    private boolean isDue() {
        return step > 0 && Math.min(percent(), 99) / step > reported / step; // the statement reports 100 itself
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Waits for the next percentage to report: each step in turn, and -1 after the last one of the statement. */
    synchronized int next() throws InterruptedException {
        while (!isDue() && !ended) {
            wait();
        }
        if (!isDue()) {
            return -1;
        }
        reported = (reported / step + 1) * step;
        return reported;
    }

    boolean isReported() {
        return step > 0;
    }
}
