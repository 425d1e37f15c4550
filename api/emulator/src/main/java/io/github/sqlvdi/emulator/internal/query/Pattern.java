package io.github.sqlvdi.emulator.internal.query;

/** Matches LIKE, without case. Needs time linear in text times pattern, whatever the pattern is. */
final class Pattern {

    private final String pattern;
    private final char escape;

    Pattern(String pattern, char escape) {
        this.pattern = pattern;
        this.escape = escape;
    }

    boolean matches(String text) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (at < text.length()) {
            int end = in < pattern.length() ? one(in, text.charAt(at)) : -1;
            if (in < pattern.length() && pattern.charAt(in) == '%') {
                star = in++;
                resume = at;
            } else if (end > 0) {
                in = end;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (in < pattern.length() && pattern.charAt(in) == '%') {
            in++;
        }
        return in == pattern.length();
    }

    /** The index behind the element at {@code in} if it matches the character, else -1. */
    private int one(int in, char character) {
        char element = pattern.charAt(in);
        if (element == escape && escape != '\0' && in + 1 < pattern.length()) {
            return same(pattern.charAt(in + 1), character) ? in + 2 : -1;
        }
        if (element == '_') {
            return in + 1;
        }
        int close = element == '[' ? pattern.indexOf(']', in + 1) : -1;
        if (close < 0) {
            return same(element, character) ? in + 1 : -1;
        }
        boolean negated = pattern.charAt(in + 1) == '^';
        boolean found = false;
        for (int index = in + (negated ? 2 : 1); index < close; index++) {
            if (index + 2 < close && pattern.charAt(index + 1) == '-') {
                char lower = Character.toLowerCase(character);
                found |= lower >= Character.toLowerCase(pattern.charAt(index))
                        && lower <= Character.toLowerCase(pattern.charAt(index + 2));
                index += 2;
            } else {
                found |= same(pattern.charAt(index), character);
            }
        }
        return found != negated ? close + 1 : -1;
    }

    private static boolean same(char left, char right) {
        return Character.toLowerCase(left) == Character.toLowerCase(right);
    }
}
