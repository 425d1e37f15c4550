package io.github.sqlvdi.internal.memory;

import static java.lang.foreign.ValueLayout.JAVA_CHAR;
import static java.lang.foreign.ValueLayout.JAVA_CHAR_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/** Converts NUL-terminated UTF-16 strings ({@code LPCWSTR}). No other class does. */
public final class WideStrings {
    private WideStrings() {}

    /**
     * Reads a string at an address, never more than {@code maxChars} units and the NUL after them.
     *
     * @return the string; null for NULL
     * @throws IllegalArgumentException when there is no NUL within {@code maxChars} + 1 units
     */
    public static String read(long lpcwstr, int maxChars) {
        if (lpcwstr == 0) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        while (true) {
            char unit = Memory.ALL.get(JAVA_CHAR_UNALIGNED, lpcwstr + (long) text.length() * Character.BYTES);
            if (unit == 0) {
                return text.toString();
            }
            if (text.length() == maxChars) {
                throw new IllegalArgumentException("a string of more than " + maxChars + " UTF-16 units");
            }
            text.append(unit);
        }
    }

    /**
     * Allocates a string with its NUL.
     *
     * @param text null gives NULL
     * @throws IllegalArgumentException when it contains a NUL: the callee would see another, shorter name
     */
    public static MemorySegment allocate(SegmentAllocator allocator, String text) {
        if (text == null) {
            return MemorySegment.NULL;
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the text \"" + text.replace('\0', '?') + "\" holds a NUL character");
        }
        MemorySegment units = allocator.allocate((text.length() + 1L) * Character.BYTES, Character.BYTES);
        MemorySegment.copy(text.toCharArray(), 0, units, JAVA_CHAR, 0, text.length());
        units.set(JAVA_CHAR, (long) text.length() * Character.BYTES, '\0'); // the allocator may give dirty memory
        return units;
    }
}
