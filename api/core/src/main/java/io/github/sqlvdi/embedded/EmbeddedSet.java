package io.github.sqlvdi.embedded;

import io.github.sqlvdi.AbortReason;
import io.github.sqlvdi.DeviceState;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.MemberRole;
import io.github.sqlvdi.SetPhase;
import io.github.sqlvdi.internal.engine.SetInspector;
import io.github.sqlvdi.internal.engine.SetSnapshot;
import io.github.sqlvdi.internal.provider.NativeAccess;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A live device set of the embedded VDI, seen from outside: its processes, and the progress of its devices. It is a
 * snapshot of shared memory that other processes change during the read, so its numbers may not match exactly. Taking
 * the snapshot does not change the set and wakes no process.
 *
 * <p>Two snapshots are equal when all their values are equal. There is no public constructor, so that later versions
 * can add values. A test that needs an instance makes a real set, which takes a few milliseconds.
 */
public final class EmbeddedSet {

    private final SetSnapshot snapshot;
    private final List<Member> processes;
    private final List<Device> devices;

    private EmbeddedSet(SetSnapshot snapshot) {
        this.snapshot = snapshot;
        processes = snapshot.members().stream().map(Member::new).toList();
        devices = snapshot.devices().stream().map(Device::new).toList();
    }

    /**
     * Lists the live sets of this user on this machine. Also removes the remains of dead processes.
     *
     * @return the sets, by name
     * @throws IOException when the private directory of the sets can't be used; the message says why
     * @throws UnsupportedOperationException where the embedded VDI does not run, or Java denies native access
     */
    public static List<EmbeddedSet> list() throws IOException {
        NativeAccess.require();
        return SetInspector.list((entry, reason) -> {
        }).stream().map(EmbeddedSet::new).toList();
    }

    /**
     * Finds the live sets of this user that {@link #list()} leaves out, because this process cannot reach their memory: it
     * is not permitted to, for example because the other process has other capabilities, or it lacks descriptors or
     * memory.
     *
     * @return why, by the name of the set
     * @throws IOException as for {@link #list()}
     * @throws UnsupportedOperationException as for {@link #list()}
     */
    public static Map<String, IOException> unreachable() throws IOException {
        NativeAccess.require();
        Map<String, IOException> reasons = new TreeMap<>();
        SetInspector.list((entry, reason) -> reasons.put(entry.name(), reason));
        return reasons;
    }

    /** {@return the instance that the set was created for, {@code MSSQLSERVER} for the default instance} */
    public String instance() {
        return snapshot.instance();
    }

    /** {@return the set's name} */
    public String name() {
        return snapshot.name();
    }

    /** {@return the phase of the set's configuration} */
    public SetPhase phase() {
        return snapshot.phase();
    }

    /** {@return why the set was aborted; empty when it was not} */
    public Optional<AbortReason> abortReason() {
        return snapshot.abortReason();
    }

    /**
     * Returns the feature bits.
     *
     * @return the agreed bits, or before the agreement the requested ones; see {@link Features#describe(int)}
     */
    public int features() {
        return snapshot.features();
    }

    /** {@return the number of buffer areas} */
    public int bufferAreas() {
        return snapshot.bufferAreas();
    }

    /** {@return the processes of the set} */
    public List<Member> processes() {
        return processes;
    }

    /** {@return the devices of the set, in the order of their numbers} */
    public List<Device> devices() {
        return devices;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EmbeddedSet that && snapshot.equals(that.snapshot);
    }

    @Override
    public int hashCode() {
        return snapshot.hashCode();
    }

    /** {@return all values, for logs and tests} */
    @Override
    public String toString() {
        return snapshot.toString();
    }

    /** A process of the set. */
    public static final class Member {

        private final SetSnapshot.Member snapshot;

        private Member(SetSnapshot.Member snapshot) {
            this.snapshot = snapshot;
        }

        /** {@return the role of the process in the set} */
        public MemberRole role() {
            return snapshot.role();
        }

        /** {@return its process id} */
        public long pid() {
            return snapshot.pid();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Member that && snapshot.equals(that.snapshot);
        }

        @Override
        public int hashCode() {
            return snapshot.hashCode();
        }

        /** {@return all values, for logs and tests} */
        @Override
        public String toString() {
            return snapshot.toString();
        }
    }

    /** A device of the set. */
    public static final class Device {

        private final SetSnapshot.Device snapshot;

        private Device(SetSnapshot.Device snapshot) {
            this.snapshot = snapshot;
        }

        /** {@return its name; empty until the server opened it} */
        public Optional<String> name() {
            return snapshot.name();
        }

        /** {@return the state that the server gave the device} */
        public DeviceState state() {
            return snapshot.state();
        }

        /**
         * {@return the id of the client process that opened it; empty when no client did or that client has left the
         * set}
         */
        public OptionalLong ownerPid() {
            return snapshot.ownerPid();
        }

        /** {@return how many commands the server sent} */
        public long sent() {
            return snapshot.sent();
        }

        /** {@return how many commands the client fetched} */
        public long fetched() {
            return snapshot.fetched();
        }

        /** {@return how many commands the client completed} */
        public long completed() {
            return snapshot.completed();
        }

        /** {@return how many commands wait to be fetched, 0 or more} */
        public long queued() {
            return Math.max(0, sent() - fetched());
        }

        /** {@return how many commands the client has fetched and not completed, 0 or more} */
        public long active() {
            return Math.max(0, fetched() - completed());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Device that && snapshot.equals(that.snapshot);
        }

        @Override
        public int hashCode() {
            return snapshot.hashCode();
        }

        /** {@return all values, for logs and tests} */
        @Override
        public String toString() {
            return snapshot.toString();
        }
    }
}
