package io.github.sqlvdi.mtf;

/** How sure the place of a value in the stream is. */
public enum Evidence {
    /** The place was checked on real backups of several versions. */
    CHECKED,
    /** The place, or the meaning of what stands there, is a guess that no file at hand contradicts. */
    GUESSED,
    /** No place is known: the stream does not hold the value, or nobody has found it. */
    ABSENT
}
