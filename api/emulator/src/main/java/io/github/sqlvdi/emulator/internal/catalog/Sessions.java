package io.github.sqlvdi.emulator.internal.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntFunction;

/** The sessions of a server. Safe for several threads. */
public final class Sessions {

    private static final int FIRST = 51;
    private static final int LAST = 32_767;

    private final ConcurrentSkipListMap<Integer, SessionRecord> records = new ConcurrentSkipListMap<>();

    /**
     * Adds a session with the lowest free id.
     *
     * @param factory makes the record for an id
     * @return the record; empty when there is no id left
     */
    public synchronized Optional<SessionRecord> add(IntFunction<SessionRecord> factory) {
        int spid = FIRST;
        for (int taken : records.keySet()) {
            if (taken != spid) {
                break;
            }
            spid++;
        }
        if (spid > LAST) {
            return Optional.empty();
        }
        SessionRecord record = factory.apply(spid);
        records.put(spid, record);
        return Optional.of(record);
    }

    /**
     * Removes a session.
     *
     * @param record the session
     */
    public void remove(SessionRecord record) {
        records.remove(record.spid(), record);
    }

    /**
     * Finds a session.
     *
     * @param spid its id
     * @return the session; empty if there is none
     */
    public Optional<SessionRecord> find(int spid) {
        return Optional.ofNullable(records.get(spid));
    }

    /** {@return the sessions by their ids} */
    public Collection<SessionRecord> all() {
        return List.copyOf(records.values());
    }
}
