package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.AbortReason;
import io.github.sqlvdi.DeviceState;
import io.github.sqlvdi.MemberRole;
import io.github.sqlvdi.SetPhase;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A live set as {@link SetInspector} read it from the control region. */
public record SetSnapshot(
        String instance,
        String name,
        SetPhase phase,
        Optional<AbortReason> abortReason,
        int features,
        int bufferAreas,
        List<Member> members,
        List<Device> devices) {

    /** A process that joined the set. */
    public record Member(MemberRole role, long pid) {
    }

    /** A device and the numbers of its commands. */
    public record Device(
            Optional<String> name, DeviceState state, OptionalLong ownerPid, long sent, long fetched, long completed) {
    }
}
