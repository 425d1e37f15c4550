package io.github.sqlvdi.internal.engine;

import java.util.List;

/** A live set as {@link SetInspector} read it from the control region. */
public record SetSnapshot(
        String instance,
        String name,
        Phase phase,
        String abortReason,
        int features,
        int bufferAreas,
        List<Member> members,
        List<Device> devices) {

    /** How far the configuration of the set is. */
    public enum Phase {
        CREATED, CONNECTED, CONFIGURED, UNKNOWN
    }

    /** A process that joined the set. */
    public record Member(String role, long pid) {
    }

    /** A device and the numbers of its commands. */
    public record Device(String name, String state, long ownerPid, long sent, long fetched, long completed) {
    }
}
