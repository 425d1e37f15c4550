package io.github.sqlvdi;

/** Why a device set of the embedded VDI was aborted (VDI reference 11.2, 11.3). Only the first reason is kept. */
public enum AbortReason {

    /** A client called SignalAbort. */
    CLIENT("a client called SignalAbort"),

    /** The server called SignalAbort. */
    SERVER("the server called SignalAbort"),

    /** A client closed the set before the server had closed its devices. */
    CLIENT_CLOSED("a client closed the set before the server had closed its devices"),

    /** The server closed the set before its devices were closed. */
    SERVER_CLOSED("the server closed the set before its devices were closed"),

    /** A process of the set died. */
    PROCESS_DIED("a process of the set died"),

    /** No command completed for longer than two intervals of {@link VdiConfig#serverTimeOut()}. */
    TIME_OUT("no command completed for longer than two intervals of serverTimeOut"),

    /** A record in shared memory failed its check. */
    DAMAGED("a record in shared memory failed its check"),

    /** A completion callback of the server's program failed. */
    CALLBACK_FAILED("a completion callback failed");

    private final String meaning;

    AbortReason(String meaning) {
        this.meaning = meaning;
    }

    /** {@return the reason in words, without a full stop} */
    public String meaning() {
        return meaning;
    }
}
