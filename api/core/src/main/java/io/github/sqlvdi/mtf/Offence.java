package io.github.sqlvdi.mtf;

import java.util.Locale;

/**
 * The first thing that is wrong with a stream.
 *
 * @param offset where, in bytes from the beginning of what was fed to the reader; in a compressed stream the beginning of
 *     the chunk that holds the place
 * @param words what is wrong, a sentence without a full stop
 */
public record Offence(long offset, String words) {

    /** {@return the offset and the words in one sentence} */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "at byte %,d: %s", offset, words);
    }
}
