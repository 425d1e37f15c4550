package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.internal.engine.host.Host;
import io.github.sqlvdi.internal.engine.host.Presence;
import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.SetEntry;
import io.github.sqlvdi.internal.engine.host.SetNames;
import io.github.sqlvdi.internal.engine.host.SharedRegion;
import io.github.sqlvdi.internal.memory.WideStrings;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** A process that joins a set as a secondary and stands still after one step of the joining, to be killed there. */
public final class Joiner implements Host {

    /** Where it stands still. */
    public enum Step {
        FOUND, MAPPED, SLOT_TAKEN, PRIMARY_WATCHED, SERVER_WATCHED, JOINED;

        /** Whether another member watches the joiner from here on. */
        public boolean isWatched() {
            return compareTo(PRIMARY_WATCHED) >= 0;
        }
    }

    private static final Step STEP = Step.valueOf(System.getProperty("step", "FOUND"));

    private final Host host = Hosts.current();

    /** Joins the set that the property {@code set} names. */
    public static void main(String[] args) throws InterruptedException {
        ClientSet set = new ClientSet(new Joiner());
        int result = set.openInSecondary(WideStrings.allocate(Arena.global(), System.getProperty("set")).address());
        System.out.println("result " + Integer.toHexString(result));
        stand(Step.JOINED);
    }

    private static void stand(Step step) {
        if (step == STEP) {
            System.out.println("at " + step);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public SharedRegion createRegion(UUID set, long bytes) throws IOException {
        return host.createRegion(set, bytes);
    }

    @Override
    public SharedRegion openRegion(RegionKey key, long bytes) throws IOException {
        SharedRegion region = host.openRegion(key, bytes);
        stand(Step.MAPPED);
        return region;
    }

    @Override
    public void waitOn(long wordAddress, int expected, long nanos) {
        host.waitOn(wordAddress, expected, nanos);
    }

    @Override
    public void wakeAll(long wordAddress) {
        host.wakeAll(wordAddress);
    }

    @Override
    public long availableMemory() {
        return host.availableMemory();
    }

    @Override
    public SetNames names() {
        return new Names(host.names());
    }

    private record Names(SetNames names) implements SetNames {
        @Override
        public Presence publish(String instance, String name, RegionKey control, Presence.Listener listener)
                throws IOException {
            return names.publish(instance, name, control, listener);
        }

        @Override
        public Presence join(String instance, String name, int slot, Presence.Listener listener) throws IOException {
            Presence presence = names.join(instance, name, slot, listener);
            stand(Step.SLOT_TAKEN);
            return new Watching(presence);
        }

        @Override
        public RegionKey find(String instance, String name) throws IOException {
            RegionKey key = names.find(instance, name);
            stand(Step.FOUND);
            return key;
        }

        @Override
        public List<SetEntry> list() throws IOException {
            return names.list();
        }

        @Override
        public String place() throws IOException {
            return names.place();
        }
    }

    private record Watching(Presence presence) implements Presence {
        @Override
        public int slot() {
            return presence.slot();
        }

        @Override
        public RegionKey control() {
            return presence.control();
        }

        @Override
        public void watch(int slot) throws IOException {
            presence.watch(slot);
            stand(slot == SetMember.PRIMARY_SLOT ? Step.PRIMARY_WATCHED : Step.SERVER_WATCHED);
        }

        @Override
        public void close() {
            presence.close();
        }
    }
}
