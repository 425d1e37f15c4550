package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.AbortReason;
import io.github.sqlvdi.MemberRole;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.internal.engine.host.Host;
import io.github.sqlvdi.internal.engine.host.Presence;
import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.SharedRegion;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One party of a set in this process (primary, server or a secondary): its mapping of the control region, its presence
 * among the others, and the abort that all of them share. Client and server half in one process are two members with
 * two mappings.
 */
final class SetMember implements Presence.Listener {
    static final int PRIMARY_SLOT = 0;
    static final int SERVER_SLOT = 1;

    private static final Logger LOG = System.getLogger("io.github.sqlvdi.engine");

    private final Host host;
    private final String name;
    private final SharedRegion region;
    private final MemorySegment memory;
    private final long key;
    private final int deviceCount;
    private final SharedEvent configurationEvent;
    private final SharedEvent agentEvent;
    private final SharedEvent[] commandEvents;
    private volatile boolean aborted;
    private Presence presence;

    private SetMember(Host host, String name, SharedRegion region, SetHeader header) {
        this.host = host;
        this.name = name;
        this.region = region;
        this.memory = region.memory();
        this.key = header.key();
        this.deviceCount = header.deviceCount();
        this.configurationEvent = new SharedEvent(host, memory, ControlLayout.CONFIGURATION_EVENT_OFFSET);
        this.agentEvent = new SharedEvent(host, memory, ControlLayout.AGENT_EVENT_OFFSET);
        this.commandEvents = new SharedEvent[deviceCount];
        for (int i = 0; i < deviceCount; i++) {
            commandEvents[i] =
                    new SharedEvent(host, memory, ControlLayout.device(i) + ControlLayout.COMMAND_EVENT_OFFSET);
        }
    }

    /** Makes a set and publishes its name: the primary. */
    static SetMember create(Host host, String instance, String name, VdiConfig requested) throws IOException {
        SharedRegion region = host.createRegion(ControlLayout.LENGTH);
        try {
            SetHeader header = new SetHeader(new SplittableRandom().nextLong(), requested.deviceCount());
            header.write(region.memory(), instance, name, requested);
            SetMember member = new SetMember(host, name, region, header);
            member.takeSlot(PRIMARY_SLOT);
            member.presence = host.names().publish(instance, name, region.key(), member);
            return member;
        } catch (IOException | RuntimeException e) {
            region.close();
            throw e;
        }
    }

    /**
     * Joins a live set.
     *
     * @param slot {@link #SERVER_SLOT}, or the first slot to try for a secondary
     * @return null when there is no such set, or its slot is taken
     */
    static SetMember join(Host host, String instance, String name, int slot)
            throws IOException, DamagedRegionException {
        RegionKey control = host.names().find(instance, name);
        if (control == null) {
            return null;
        }
        SharedRegion region = host.openRegion(control, ControlLayout.LENGTH);
        try {
            SetMember member = new SetMember(host, name, region, SetHeader.read(region.memory()));
            int taken = slot;
            while (!member.takeSlot(taken)) {
                taken++;
                if (slot == SERVER_SLOT || taken == ControlLayout.PROCESS_SLOTS) {
                    region.close();
                    return null;
                }
            }
            member.enter(instance, taken);
            return member;
        } catch (IOException | DamagedRegionException | RuntimeException e) {
            region.close();
            throw e;
        }
    }

    private void enter(String instance, int slot) throws IOException {
        try {
            presence = host.names().join(instance, name, slot, this);
            presence.watch(PRIMARY_SLOT);
            if (slot > SERVER_SLOT) {
                watchServer();
            }
        } catch (IOException | RuntimeException e) {
            if (presence != null) {
                presence.close();
            }
            emptySlot(slot);
            throw e;
        }
    }

    private void watchServer() throws IOException {
        try {
            presence.watch(SERVER_SLOT);
        } catch (IOException e) {
            if (!aborted()) { // a set that ends needs no watching; whoever joins it is told of the abort
                throw e;
            }
        }
    }

    private boolean takeSlot(int slot) {
        long pid = ProcessHandle.current().pid();
        return Atomics.compareAndSetLong(memory, ControlLayout.process(slot), 0, pid);
    }

    private void emptySlot(int slot) {
        if (slot >= 0 && slot < ControlLayout.PROCESS_SLOTS) { // a peer says its slot itself
            Atomics.setLongVolatile(memory, ControlLayout.process(slot), 0);
        }
    }

    Host host() {
        return host;
    }

    MemorySegment memory() {
        return memory;
    }

    long key() {
        return key;
    }

    int deviceCount() {
        return deviceCount;
    }

    int slot() {
        return presence.slot();
    }

    SharedEvent configurationEvent() {
        return configurationEvent;
    }

    SharedEvent agentEvent() {
        return agentEvent;
    }

    SharedEvent commandEvent(int device) {
        return commandEvents[device];
    }

    int word(long offset) {
        return Atomics.getIntVolatile(memory, offset);
    }

    /** Publishes a word of the configuration phase and wakes who waits for it. */
    void publish(long offset, int value) {
        Atomics.setIntVolatile(memory, offset, value);
        configurationEvent.signal();
    }

    /** Whether the set was aborted; once seen it stays so, whatever happens to the word. */
    boolean aborted() {
        if (aborted) {
            return true;
        }
        int word = Atomics.getIntVolatile(memory, ControlLayout.ABORT_OFFSET);
        if (word == 0) {
            return false;
        }
        aborted = true;
        LOG.log(Level.DEBUG, () -> "set \"" + name + "\" aborted: " + AbortWord.reason(word).meaning());
        return true;
    }

    /** Aborts the set for every process of it: sets the word, wakes every waiter. Never blocks. */
    void abort(AbortReason reason) {
        if (Atomics.compareAndSetInt(memory, ControlLayout.ABORT_OFFSET, 0, AbortWord.of(reason))) {
            LOG.log(Level.DEBUG, () -> "set \"" + name + "\": " + reason.meaning());
        }
        aborted = true;
        wakeAll();
    }

    void abortDamaged(DamagedRegionException damage) {
        LOG.log(Level.WARNING, () -> "set \"" + name + "\" is aborted: " + damage.getMessage());
        abort(AbortReason.DAMAGED);
    }

    void wakeAll() {
        configurationEvent.signalAlways();
        agentEvent.signalAlways();
        for (SharedEvent event : commandEvents) {
            event.signalAlways();
        }
    }

    boolean allDevicesClosed() {
        for (int i = 0; i < deviceCount; i++) {
            if (word(ControlLayout.device(i) + ControlLayout.SERVER_STATE_OFFSET) != ControlLayout.DEVICE_CLOSED) {
                return false;
            }
        }
        return true;
    }

    /** Leaves in order and unmaps. Whoever still waits on an event of this mapping was woken before. */
    void close() {
        presence.close(); // before the slot is empty: who takes it needs its place among the names
        emptySlot(presence.slot());
        region.close();
    }

    @Override
    public void died(int slot) {
        try {
            emptySlot(slot);
            if (!allDevicesClosed()) {
                LOG.log(Level.WARNING,
                        () -> "set \"" + name + "\": the " + roleName(slot) + " in slot " + slot + " died");
                abort(AbortReason.PROCESS_DIED);
            }
        } catch (IllegalStateException closed) {
            LOG.log(Level.TRACE, "a peer died after this side had left", closed);
        }
    }

    /**
     * Who leaves before its work is done has aborted the set. The abort word says so already; this does not depend on it,
     * should the word have been overwritten before anybody read it.
     */
    @Override
    public void left(int slot) {
        try {
            LOG.log(Level.TRACE, () -> "set \"" + name + "\": the " + roleName(slot) + " in slot " + slot + " left");
            if (slot > SERVER_SLOT ? ownsOpenDevice(slot) : !allDevicesClosed()) {
                abort(slot == SERVER_SLOT ? AbortReason.SERVER_CLOSED : AbortReason.CLIENT_CLOSED);
            }
        } catch (IllegalStateException closed) {
            LOG.log(Level.TRACE, "a peer left after this side had left", closed);
        }
    }

    private boolean ownsOpenDevice(int slot) {
        for (int i = 0; i < deviceCount; i++) {
            if (word(ControlLayout.device(i) + ControlLayout.CLIENT_OWNER_OFFSET) == slot + 1
                    && word(ControlLayout.device(i)
                            + ControlLayout.SERVER_STATE_OFFSET) != ControlLayout.DEVICE_CLOSED) {
                return true;
            }
        }
        return false;
    }

    private static String roleName(int slot) {
        return role(slot).name().toLowerCase(Locale.ROOT);
    }

    static MemberRole role(int slot) {
        return switch (slot) {
            case PRIMARY_SLOT -> MemberRole.PRIMARY;
            case SERVER_SLOT -> MemberRole.SERVER;
            default -> MemberRole.SECONDARY;
        };
    }
}
