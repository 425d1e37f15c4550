package io.github.sqlvdi.mtf;

/** The verdict on a stream. */
public enum Wholeness {
    /** The stream still flows: nothing was wrong so far. */
    FLOWING,
    /** The stream ended where it must, and every check held. */
    WHOLE,
    /** The stream ended too early; what there was is in order. */
    INCOMPLETE,
    /** A block, a stream header, an order, a position or a checksum is wrong, or bytes stand behind the end. */
    DAMAGED,
    /**
     * The stream is in a format, or has a part, that the reader does not know. Nothing is said about wholeness: such a
     * stream may well be a good backup.
     */
    UNKNOWN
}
