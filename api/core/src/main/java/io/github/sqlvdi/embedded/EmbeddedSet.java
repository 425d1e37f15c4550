package io.github.sqlvdi.embedded;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.internal.engine.SetInspector;
import io.github.sqlvdi.internal.engine.SetSnapshot;
import io.github.sqlvdi.internal.provider.NativeAccess;
import java.io.IOException;
import java.util.List;

/**
 * A live device set of the embedded VDI as an onlooker sees it: which processes are in it, and how far its devices are. A
 * snapshot of shared memory that other processes change meanwhile, so its numbers need not fit together exactly. Looking
 * changes nothing and wakes nobody.
 *
 * @param instance the instance it was created for, {@code MSSQLSERVER} for the default one
 * @param name the set's name
 * @param phase how far the configuration is
 * @param abortReason why the set was aborted; empty when it was not
 * @param features the features in force: those agreed, before that those requested; see {@link Features#describe(int)}
 * @param bufferAreas number of buffer areas
 * @param processes the processes in it
 * @param devices its devices, in the order of their numbers
 */
public record EmbeddedSet(
        String instance,
        String name,
        Phase phase,
        String abortReason,
        int features,
        int bufferAreas,
        List<Member> processes,
        List<Device> devices) {

    /** How far a set is. */
    public enum Phase {
        /** Created; no server came yet. */
        CREATED,
        /** A server opened it and configures. */
        CONNECTED,
        /** The configuration is complete; devices can be opened. */
        CONFIGURED,
        /** The shared memory says something else: it is damaged or of another version. */
        UNKNOWN
    }

    /**
     * A process of the set.
     *
     * @param role {@code "primary"}, {@code "server"} or {@code "secondary"}
     * @param pid its process id
     */
    public record Member(String role, long pid) {
    }

    /**
     * A device of the set.
     *
     * @param name its name, empty until the server opened it
     * @param state {@code "not open"}, {@code "open"} or {@code "closed"}, as the server left it
     * @param ownerPid the client process that opened it, 0 when none did or it has left
     * @param sent commands the server sent
     * @param fetched commands the client fetched
     * @param completed commands the client completed
     */
    public record Device(String name, String state, long ownerPid, long sent, long fetched, long completed) {

        /**
         * Commands waiting to be fetched.
         *
         * @return 0 or more
         */
        public long queued() {
            return Math.max(0, sent - fetched);
        }

        /**
         * Commands the client works on.
         *
         * @return 0 or more
         */
        public long active() {
            return Math.max(0, fetched - completed);
        }
    }

    /**
     * The live sets of this user on this machine. What dead processes left behind is removed on the way.
     *
     * @return the sets, by name
     * @throws IOException when the private directory of the sets can't be used; the message says why
     * @throws UnsupportedOperationException where the embedded VDI does not run, or Java denies native access
     */
    public static List<EmbeddedSet> list() throws IOException {
        NativeAccess.require();
        return SetInspector.list().stream().map(EmbeddedSet::of).toList();
    }

    private static EmbeddedSet of(SetSnapshot set) {
        List<Member> members = set.members().stream().map(member -> new Member(member.role(), member.pid())).toList();
        List<Device> devices = set.devices().stream().map(device -> new Device(device.name(), device.state(),
                device.ownerPid(), device.sent(), device.fetched(), device.completed())).toList();
        return new EmbeddedSet(set.instance(), set.name(), Phase.valueOf(set.phase().name()), set.abortReason(),
                set.features(), set.bufferAreas(), members, devices);
    }
}
