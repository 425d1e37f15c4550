package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.AbortReason;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.MemberRole;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.internal.com.FailureCause;
import io.github.sqlvdi.internal.engine.host.Host;
import io.github.sqlvdi.internal.engine.host.MemberGoneException;
import io.github.sqlvdi.internal.engine.host.NoSuchSetException;
import io.github.sqlvdi.internal.engine.host.Presence;
import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.SharedRegion;
import io.github.sqlvdi.internal.engine.host.SlotTakenException;
import io.github.sqlvdi.internal.engine.host.UnsafeDirectoryException;
import io.github.sqlvdi.internal.memory.Native;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * One member of a set in this process (primary, server or a secondary): its mapping of the control region, its presence,
 * and its view of the abort, which all members share. A client half and a server half in one process are two members with
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
    private final SetHeader header;
    private final ClosedDevices closedDevices;
    private final SharedEvent configurationEvent;
    private final SharedEvent agentEvent;
    private final SharedEvent[] commandEvents;
    private final BufferAreas areas;
    private final DeviceTable devices;
    private volatile boolean aborted;
    private volatile boolean serverGone;
    private volatile boolean closing;
    /** The failure for which this member aborted the set; null if it did not. */
    private volatile Throwable abortCause;
    private Presence presence;

    /** Says which devices the server has closed. The server keeps this itself; a client reads it from the region. */
    interface ClosedDevices {
        boolean isClosed(int device) throws DamagedRegionException;
    }

    /** The body of a method of the interface, or of a callback about another process. */
    interface Action {
        int run() throws DamagedRegionException;
    }

    private SetMember(Host host, String name, SharedRegion region, SetHeader header, ClosedDevices closedDevices) {
        this.host = host;
        this.name = name;
        this.region = region;
        this.memory = region.memory();
        this.header = header;
        this.configurationEvent = new SharedEvent(host, memory, ControlLayout.CONFIGURATION_EVENT_OFFSET);
        this.agentEvent = new SharedEvent(host, memory, ControlLayout.AGENT_EVENT_OFFSET);
        this.commandEvents = new SharedEvent[header.deviceCount()];
        for (int i = 0; i < commandEvents.length; i++) {
            commandEvents[i] = new SharedEvent(host, memory,
                    ControlLayout.device(i) + ControlLayout.COMMAND_EVENT_OFFSET);
        }
        this.areas = new BufferAreas(this);
        this.devices = new DeviceTable(this);
        this.closedDevices = closedDevices != null ? closedDevices : device -> devices.closingTurn(device) >= 0;
    }

    /** Creates a set as its primary and publishes its name. */
    static SetMember create(Host host, String instance, String name, VdiConfig requested) throws IOException {
        UUID identity = UUID.randomUUID();
        SharedRegion region = host.createRegion(identity, ControlLayout.LENGTH);
        try {
            SetHeader header = new SetHeader(identity, new SplittableRandom().nextLong(), requested.deviceCount());
            header.write(region.memory(), instance, name, requested);
            SetMember member = new SetMember(host, name, region, header, null);
            member.fillSlot(PRIMARY_SLOT);
            member.presence = host.names().publish(instance, name, region.key(), member);
            return member;
        } catch (IOException | RuntimeException | Error e) {
            region.close();
            throw e;
        }
    }

    /** Joins a live set as a secondary; returns null if there is no such set, or all its slots are taken. */
    static SetMember joinAsSecondary(Host host, String instance, String name)
            throws IOException, DamagedRegionException {
        return join(host, instance, name, SERVER_SLOT + 1, ControlLayout.PROCESS_SLOTS - 1, null);
    }

    /** Joins a live set as the server; returns null if there is no such set, or it has a server. */
    static SetMember joinAsServer(Host host, String instance, String name, ClosedDevices closedDevices)
            throws IOException, DamagedRegionException {
        return join(host, instance, name, SERVER_SLOT, SERVER_SLOT, closedDevices);
    }

    private static SetMember join(Host host, String instance, String name, int first, int last, ClosedDevices closed)
            throws IOException, DamagedRegionException {
        RegionKey control = host.names().find(instance, name);
        if (control == null) {
            return null;
        }
        SharedRegion region = host.openRegion(control, ControlLayout.LENGTH);
        SetMember joined = null;
        try {
            SetMember member =
                    new SetMember(host, name, region, SetHeader.read(region.memory(), control.set()), closed);
            if (member.enter(instance, control, first, last)) {
                joined = member;
            }
            return joined;
        } finally {
            if (joined == null) {
                region.close();
            }
        }
    }

    /**
     * Takes a slot. The member enters the process table only after it has begun to watch the primary and, as a secondary,
     * the server. They watch it in return, so they notice its death from then on.
     */
    private boolean enter(String instance, RegionKey control, int first, int last) throws IOException,
            DamagedRegionException {
        presence = takeSlot(instance, first, last);
        if (presence == null) {
            return false;
        }
        boolean entered = false;
        try {
            if (presence.control().equals(control)) { // otherwise another set has taken the name meanwhile
                presence.watch(PRIMARY_SLOT);
                if (slot() > SERVER_SLOT) {
                    watchServer();
                }
                fillSlot(slot());
                entered = true;
            }
            return entered;
        } finally {
            if (!entered) {
                presence.close();
            }
        }
    }

    private Presence takeSlot(String instance, int first, int last) throws IOException {
        for (int slot = first; slot <= last; slot++) {
            try {
                return host.names().join(instance, name, slot, this);
            } catch (SlotTakenException e) {
                LOG.log(Level.TRACE, "another process has the slot", e);
            }
        }
        return null;
    }

    private void watchServer() throws IOException, DamagedRegionException {
        try {
            presence.watch(SERVER_SLOT);
        } catch (MemberGoneException e) {
            if (!aborted() && (word(ControlLayout.PHASE_OFFSET) == 0 || allDevicesClosed())) {
                throw e; // no server has joined yet, or it has finished
            }
            abort(AbortReason.PROCESS_DIED); // keeps an earlier reason; the caller sees the abort
        }
    }

    private void fillSlot(int slot) {
        Atomics.setLongVolatile(memory, ControlLayout.process(slot), ProcessHandle.current().pid());
    }

    private void emptySlot(int slot) {
        if (slot >= 0 && slot < ControlLayout.PROCESS_SLOTS) { // the number comes from the peer, which may be wrong
            Atomics.setLongVolatile(memory, ControlLayout.process(slot), 0);
        }
    }

    Host host() {
        return host;
    }

    MemorySegment memory() {
        return memory;
    }

    SetHeader header() {
        return header;
    }

    UUID identity() {
        return header.identity();
    }

    long key() {
        return header.key();
    }

    int deviceCount() {
        return header.deviceCount();
    }

    int slot() {
        return presence.slot();
    }

    BufferAreas areas() {
        return areas;
    }

    DeviceTable devices() {
        return devices;
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

    /** Publishes a word of the configuration phase and wakes the threads that wait for it. */
    void publish(long offset, int value) {
        Atomics.setIntVolatile(memory, offset, value);
        configurationEvent.signal();
    }

    /**
     * Runs the body of a method of the interface. If it finds damage or fails unexpectedly, the set is aborted.
     *
     * @param ifDamaged the result if a value in the region failed its check
     */
    int answer(int ifDamaged, Action action) {
        try {
            int result = action.run();
            return result == Hresults.VD_E_ABORT ? abortResult() : result;
        } catch (DamagedRegionException e) {
            abortDamaged(e);
            return FailureCause.of(ifDamaged, e);
        } catch (RuntimeException | Error e) {
            return failed(e);
        }
    }

    /**
     * Handles the exception of a call: it is expected if another thread closed the set meanwhile.
     *
     * @return {@code VD_E_PROTOCOL} if the set was closed meanwhile; else the set is aborted and {@code failure} thrown
     */
    int failed(Throwable failure) {
        if (isUnmapped(failure)) {
            return Hresults.VD_E_PROTOCOL;
        }
        abort(AbortReason.DAMAGED, failure);
        LOG.log(Level.ERROR, () -> "set \"" + name + "\" is aborted: an unexpected failure", failure);
        throw Native.unexpected(failure);
    }

    /** {@return whether a failure only means that this member has closed the set and unmapped its memory} */
    boolean isUnmapped(Throwable failure) {
        return failure instanceof IllegalStateException && (closing || !memory.scope().isAlive());
    }

    /** {@return whether the set was aborted; once true it stays true, even if the word is overwritten} */
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

    /** Aborts the set for all its processes: sets the abort word and wakes every waiter. Never blocks. */
    void abort(AbortReason reason) {
        if (Atomics.compareAndSetInt(memory, ControlLayout.ABORT_OFFSET, 0, AbortWord.of(reason))) {
            LOG.log(Level.DEBUG, () -> "set \"" + name + "\": " + reason.meaning());
        }
        aborted = true;
        wakeAll();
    }

    private void abort(AbortReason reason, Throwable cause) {
        if (abortCause == null && !aborted()) {
            abortCause = cause;
        }
        abort(reason);
    }

    void abortDamaged(DamagedRegionException damage) {
        abort(AbortReason.DAMAGED, damage);
        LOG.log(Level.WARNING, () -> "set \"" + name + "\" is aborted: " + damage.getMessage());
    }

    /** {@return {@code VD_E_ABORT}, with the failure as its cause if this member aborted the set for one} */
    int abortResult() {
        Throwable cause = abortCause;
        return cause == null ? Hresults.VD_E_ABORT : FailureCause.of(Hresults.VD_E_ABORT, cause);
    }

    /**
     * Returns the result for a set that cannot be made or reached, by what the operating system said. It becomes the
     * cause of the result.
     *
     * @param notThere the result for a set that is not there
     */
    static int unreachable(IOException failure, int notThere) {
        for (Throwable it = failure; it != null; it = it.getCause()) {
            if (it instanceof NoSuchSetException || it instanceof MemberGoneException
                    || it instanceof NoSuchFileException) {
                return FailureCause.of(notThere, failure);
            }
            if (it instanceof UnsafeDirectoryException || it instanceof AccessDeniedException) {
                return FailureCause.of(Hresults.VD_E_SECURITY, failure);
            }
        }
        return FailureCause.of(Hresults.VD_E_UNEXPECTED, failure);
    }

    /**
     * As {@link #unreachable(IOException, int)}, for a set to be joined. A process that is ending refuses its memory in
     * many ways, so only a set that is still there afterwards is one that cannot be reached.
     */
    static int unreachable(Host host, String instance, String name, IOException failure, int notThere) {
        return hasEnded(host, instance, name, failure)
                ? FailureCause.of(notThere, failure)
                : unreachable(failure, notThere);
    }

    private static boolean hasEnded(Host host, String instance, String name, IOException failure) {
        try {
            RegionKey key = host.names().find(instance, name);
            return key == null || ProcessHandle.of(key.process()).isEmpty();
        } catch (IOException e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
            return false;
        }
    }

    void wakeAll() {
        configurationEvent.signalAlways();
        agentEvent.signalAlways();
        for (SharedEvent event : commandEvents) {
            event.signalAlways();
        }
    }

    boolean allDevicesClosed() throws DamagedRegionException {
        for (int i = 0; i < deviceCount(); i++) {
            if (!closedDevices.isClosed(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean ownsOpenDevice(int slot) throws DamagedRegionException {
        for (int i = 0; i < deviceCount(); i++) {
            if (devices.owner(i) == slot && !closedDevices.isClosed(i)) {
                return true;
            }
        }
        return false;
    }

    /** Leaves in order and unmaps. The caller must first wake the threads that wait on an event of this mapping. */
    void close() {
        closing = true;
        areas.close();
        emptySlot(slot()); // before another member can take the slot
        presence.close();
        region.close();
    }

    @Override
    public void died(int slot) {
        answer(Hresults.S_OK, () -> {
            emptySlot(slot);
            if (!allDevicesClosed()) {
                LOG.log(Level.WARNING,
                        () -> "set \"" + name + "\": the " + roleName(slot) + " in slot " + slot + " died");
                abort(AbortReason.PROCESS_DIED);
            }
            noteServerGone(slot);
            return Hresults.S_OK;
        });
    }

    /**
     * Aborts the set if the member left before its work was done. Such a member has set the abort word itself. This call is
     * for the case that the word was overwritten before another member read it.
     */
    @Override
    public void left(int slot) {
        answer(Hresults.S_OK, () -> {
            LOG.log(Level.TRACE, () -> "set \"" + name + "\": the " + roleName(slot) + " in slot " + slot + " left");
            if (slot > SERVER_SLOT ? ownsOpenDevice(slot) : !allDevicesClosed()) {
                abort(slot == SERVER_SLOT ? AbortReason.SERVER_CLOSED : AbortReason.CLIENT_CLOSED);
            }
            noteServerGone(slot);
            return Hresults.S_OK;
        });
    }

    /** Wakes the clients that wait for a command of a server that sends none any more. */
    private void noteServerGone(int slot) {
        if (slot == SERVER_SLOT) {
            serverGone = true;
            wakeAll();
        }
    }

    /** {@return whether the server left the set or died, as the kernel told this process; never read from shared memory} */
    boolean serverGone() {
        return serverGone;
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
