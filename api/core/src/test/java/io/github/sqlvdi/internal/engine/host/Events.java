package io.github.sqlvdi.internal.engine.host;

import io.github.sqlvdi.testing.Patience;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a listener was told, in order, as "died 1" or "left 1". */
public class Events implements Presence.Listener {

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Override
    public void died(int slot) {
        told.add("died " + slot);
    }

    @Override
    public void left(int slot) {
        told.add("left " + slot);
    }

    /** Waits for the next one; null if there is none within {@link Patience}. */
    public String next() throws InterruptedException {
        return next(Patience.MILLIS);
    }

    /** Waits for the next one; null if there is none for so many milliseconds. */
    public String next(long millis) throws InterruptedException {
        return told.poll(millis, TimeUnit.MILLISECONDS);
    }

    /** Returns how many more were told. */
    public int more() {
        return told.size();
    }
}
