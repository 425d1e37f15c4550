package io.github.sqlvdi.emulator.internal.language;

import java.util.ArrayList;
import java.util.List;

/** Cuts the text of a batch into tokens. Comments nest as in T-SQL. */
final class Lexer {

    private static final String TWO = "<> <= >= != += -= *= /= !< !> ::";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int position;
    private int line = 1;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) throws SyntaxException {
        Lexer lexer = new Lexer(text);
        lexer.run();
        return lexer.tokens;
    }

    private void run() throws SyntaxException {
        while (skipBlanks()) {
            int begun = line;
            char next = text.charAt(position);
            switch (next) {
                case '\'' -> add(Token.Kind.STRING, quoted('\''), begun);
                case '[' -> add(Token.Kind.QUOTED, quoted(']'), begun);
                case '"' -> add(Token.Kind.QUOTED, quoted('"'), begun);
                default -> {
                    if ((next == 'N' || next == 'n') && peek(1) == '\'') {
                        position++;
                        add(Token.Kind.STRING, quoted('\''), begun);
                    } else if (next == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
                        word(Token.Kind.BINARY);
                    } else if (Character.isDigit(next) || next == '.' && Character.isDigit(peek(1))) {
                        number();
                    } else if (next == '@' || isNameStart(next)) {
                        word(next == '@' ? Token.Kind.VARIABLE : Token.Kind.WORD);
                    } else {
                        symbol();
                    }
                }
            }
        }
        tokens.add(new Token(Token.Kind.END, tokens.isEmpty() ? "" : tokens.getLast().text(), line));
    }

    private char peek(int ahead) {
        return position + ahead < text.length() ? text.charAt(position + ahead) : '\0';
    }

    private static boolean isNameStart(char c) {
        return Character.isLetter(c) || c == '_' || c == '#';
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '#' || c == '@' || c == '$';
    }

    private void add(Token.Kind kind, String value, int begun) {
        tokens.add(new Token(kind, value, begun));
    }

    /** Skips blanks and comments; false at the end. */
    private boolean skipBlanks() throws SyntaxException {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '\n') {
                line++;
                position++;
            } else if (c <= ' ' || Character.isWhitespace(c) || c == '\u00A0' || c == '\uFEFF') {
                position++;
            } else if (c == '-' && peek(1) == '-') {
                int end = text.indexOf('\n', position);
                position = end < 0 ? text.length() : end;
            } else if (c == '/' && peek(1) == '*') {
                skipComment();
            } else {
                return true;
            }
        }
        return false;
    }

    private void skipComment() throws SyntaxException {
        int depth = 0;
        do {
            if (position >= text.length()) {
                throw new SyntaxException(113, line, "Missing end comment mark '*/'.");
            }
            char c = text.charAt(position);
            if (c == '/' && peek(1) == '*') {
                depth++;
                position += 2;
            } else if (c == '*' && peek(1) == '/') {
                depth--;
                position += 2;
            } else {
                line += c == '\n' ? 1 : 0;
                position++;
            }
        } while (depth > 0);
    }

    private String quoted(char end) throws SyntaxException {
        int begun = line;
        StringBuilder value = new StringBuilder();
        for (position++; position < text.length(); position++) {
            char c = text.charAt(position);
            if (c == end && peek(1) != end) {
                position++;
                return value.toString();
            }
            position += c == end ? 1 : 0;
            line += c == '\n' ? 1 : 0;
            value.append(c);
        }
        throw new SyntaxException(105, begun, "Unclosed quotation mark after the character string '%s'.",
                value.length() > 128 ? value.substring(0, 128) : value);
    }

    private void word(Token.Kind kind) {
        int begin = position++;
        while (position < text.length() && isNamePart(text.charAt(position))) {
            position++;
        }
        add(kind, text.substring(begin, position), line);
    }

    private void number() {
        int begin = position;
        while (Character.isDigit(peek(0)) || peek(0) == '.') {
            position++;
        }
        if ((peek(0) == 'e' || peek(0) == 'E')
                && (Character.isDigit(peek(1)) || (peek(1) == '-' || peek(1) == '+') && Character.isDigit(peek(2)))) {
            position += 2;
            while (Character.isDigit(peek(0))) {
                position++;
            }
        }
        add(Token.Kind.NUMBER, text.substring(begin, position), line);
    }

    private void symbol() {
        String two = text.substring(position, Math.min(position + 2, text.length()));
        boolean isTwo = two.length() == 2 && !two.isBlank() && List.of(TWO.split(" ")).contains(two);
        String symbol = isTwo ? two : two.substring(0, 1);
        position += symbol.length();
        add(Token.Kind.SYMBOL, symbol, line);
    }
}
