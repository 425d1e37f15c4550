package io.github.sqlvdi.citations;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a source file, with blanks over what is not prose. Every character keeps its place, so an offset tells the
 * line.
 */
final class SourceText {

    private static final Pattern MARGIN = Pattern.compile("(?m)^[ \\t]*(?:/\\*\\*?|\\*(?!/)|//+|#)");

    private final String text;

    SourceText(String text) {
        this.text = text;
    }

    /** {@return the text without the asterisks, slashes and hashes that lines of comments begin with} */
    String withoutMargins() {
        return blank(text, MARGIN);
    }

    /** {@return the comments of a Java or C file, without their margins; code and literals are blanks} */
    String comments() {
        char[] kept = text.toCharArray();
        int at = 0;
        while (at < kept.length) {
            int end = endOfToken(at);
            boolean comment = text.startsWith("/*", at) || text.startsWith("//", at);
            if (!comment) {
                for (int i = at; i < end; i++) {
                    kept[i] = kept[i] == '\n' ? '\n' : ' ';
                }
            }
            at = end;
        }
        return blank(new String(kept), MARGIN);
    }

    /** {@return the number of the line that an offset lies on, from 1} */
    int line(int offset) {
        return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    /** Gives the end of the comment, the literal or the single character that begins at an offset. */
    private int endOfToken(int at) {
        if (text.startsWith("/*", at)) {
            return after("*/", at + 2);
        }
        if (text.startsWith("//", at)) {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end;
        }
        if (text.startsWith("\"\"\"", at)) {
            return after("\"\"\"", at + 3);
        }
        char quote = text.charAt(at);
        if (quote != '"' && quote != '\'') {
            return at + 1;
        }
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote && text.charAt(end) != '\n') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end + 1, text.length());
    }

    private int after(String mark, int from) {
        int found = text.indexOf(mark, from);
        return found < 0 ? text.length() : found + mark.length();
    }

    private static String blank(String text, Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        char[] kept = text.toCharArray();
        while (matcher.find()) {
            Arrays.fill(kept, matcher.start(), matcher.end(), ' ');
        }
        return new String(kept);
    }
}
