package io.github.sqlvdi.mtf;

/** Ends the walk through a stream; never leaves the package. */
final class OffenceException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Wholeness verdict;

    private OffenceException(Wholeness verdict, String words) {
        super(words, null, false, false);
        this.verdict = verdict;
    }

    /** The stream is damaged. */
    static OffenceException damaged(String words) {
        return new OffenceException(Wholeness.DAMAGED, words);
    }

    /** The stream has something that this reader does not know. */
    static OffenceException unknown(String words) {
        return new OffenceException(Wholeness.UNKNOWN, words);
    }

    Wholeness verdict() {
        return verdict;
    }
}
