package io.github.sqlvdi.storage.store;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * How content is written.
 *
 * @param replacing whether existing content of the name is replaced, when the verdict is good; otherwise it is an error
 * @param expectedBytes about how many bytes will come; empty if that is not known. A store may choose the size of its parts by
 *     it; more or fewer bytes may come
 */
public record WriteOptions(boolean replacing, OptionalLong expectedBytes) {

    /** Content that must not exist yet, of unknown size. */
    public static final WriteOptions NEW = new WriteOptions(false, OptionalLong.empty());
    /** Content that replaces existing content, of unknown size. */
    public static final WriteOptions REPLACING = new WriteOptions(true, OptionalLong.empty());

    /** Requires a number of bytes that is not negative. */
    public WriteOptions {
        if (expectedBytes.isPresent() && expectedBytes.getAsLong() < 0) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "expectedBytes is %d: expected 0 or more", expectedBytes.getAsLong()));
        }
    }

    /**
     * Returns these options with an expectation.
     *
     * @param bytes about how many bytes will come, 0 or more
     * @return the options
     */
    public WriteOptions expecting(long bytes) {
        return new WriteOptions(replacing, OptionalLong.of(bytes));
    }
}
