package io.github.sqlvdi.internal.engine.host.members;

/** Another member that is watched. There may be two connections to it, if both sides began to watch at the same time. */
final class Peer {

    private final int slot;
    private final long member;
    private boolean ended;

    Peer(int slot, long member) {
        this.slot = slot;
        this.member = member;
    }

    int slot() {
        return slot;
    }

    boolean is(long otherMember) {
        return member == otherMember;
    }

    /** Marks the peer as ended; returns true for the first call only, so that its end is reported once. */
    boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }
}
