package io.github.sqlvdi.internal.engine;

/** Why a set was aborted: the content of the abort word. Only the first reason is kept. */
enum AbortReason {
    CLIENT(1, "a client called SignalAbort"),
    SERVER(2, "the server called SignalAbort"),
    CLIENT_CLOSED(3, "a client closed the set before the server had closed its devices"),
    SERVER_CLOSED(4, "the server closed the set before its devices were closed"),
    DEATH(5, "a process of the set died"),
    TIME_OUT(6, "no command completed for longer than two intervals of serverTimeOut"),
    CORRUPT(7, "a record in shared memory failed its check"),
    CALLBACK(8, "a completion callback failed");

    private final int word;
    private final String text;

    AbortReason(int word, String text) {
        this.word = word;
        this.text = text;
    }

    int word() {
        return word;
    }

    /** What the word says; any other content than a known reason is damage. */
    static AbortReason of(int word) {
        for (AbortReason reason : values()) {
            if (reason.word == word) {
                return reason;
            }
        }
        return CORRUPT;
    }

    @Override
    public String toString() {
        return text;
    }
}
