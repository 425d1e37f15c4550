package io.github.sqlvdi.internal.engine.host.members;

/** Another member as the watch thread knows it. Two connections may lead to it, if both sides began to watch. */
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

    /** Returns true the first time only: the end of a peer is reported once. */
    boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }
}
