package io.github.sqlvdi.mtf;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;

/** The four characters that name a block, a stream or a record. */
final class Tag {

    static final int SIZE = 4;

    private static final int FIRST_PRINTABLE = ' ';
    private static final int LAST_PRINTABLE = '~';

    private Tag() {
    }

    static String read(byte[] bytes, int offset) {
        return new String(bytes, offset, SIZE, StandardCharsets.ISO_8859_1);
    }

    /** Whether it could name something that this reader does not know. */
    static boolean isPlausible(String tag) {
        return tag.chars().allMatch(letter -> letter >= 'A' && letter <= 'Z' || letter >= '0' && letter <= '9');
    }

    /** For messages: other characters as numbers. */
    static String printable(String tag) {
        return tag.chars().mapToObj(letter -> letter >= FIRST_PRINTABLE && letter <= LAST_PRINTABLE
                ? Character.toString(letter)
                : String.format(Locale.ROOT, "\\x%02x", letter)).collect(Collectors.joining());
    }
}
