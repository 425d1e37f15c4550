package io.github.sqlvdi;

import java.util.Optional;

/**
 * The origin from which the target of {@link CommandCode#SET_POSITION} counts on a disk-like device. The value travels
 * in the {@code size} field of the command (VDI reference 5.3 and 8.10).
 */
public enum Whence {

    /** {@code VDC_Beginning} = 0: from the first byte of the data. */
    BEGINNING,

    /** {@code VDC_Current} = 1: from the current position; the offset is signed. */
    CURRENT,

    /** {@code VDC_End} = 2: from the byte after the last one; the offset is signed. */
    END;

    private static final Whence[] BY_VALUE = values();

    /** {@return the number of this origin in a command: 0, 1 or 2} */
    public int value() {
        return ordinal();
    }

    /**
     * Returns the origin for a number found in a command.
     *
     * @param value the {@code size} field of the command
     * @return the origin, or empty for a number outside 0..2 (answer such a command with
     *     {@link CompletionCodes#INVALID_PARAMETER})
     */
    public static Optional<Whence> of(int value) {
        return value >= 0 && value < BY_VALUE.length ? Optional.of(BY_VALUE[value]) : Optional.empty();
    }
}
