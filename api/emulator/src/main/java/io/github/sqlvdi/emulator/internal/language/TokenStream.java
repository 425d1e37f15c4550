package io.github.sqlvdi.emulator.internal.language;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tokens of a batch, read once from left to right. */
final class TokenStream {

    private final List<Token> tokens;
    private int position;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(position);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(position + ahead, tokens.size() - 1));
    }

    Token next() {
        Token token = peek();
        if (position < tokens.size() - 1) {
            position++;
        }
        return token;
    }

    boolean atEnd() {
        return peek().kind() == Token.Kind.END;
    }

    boolean isNext(String word) {
        return peek().is(word);
    }

    /** Takes the next token if it is one of these. */
    boolean take(String... words) {
        for (String word : words) {
            if (isNext(word)) {
                next();
                return true;
            }
        }
        return false;
    }

    void require(String word) throws SyntaxException {
        if (!take(word)) {
            throw SyntaxException.near(peek());
        }
    }

    String name() throws SyntaxException {
        if (!peek().isName()) {
            throw SyntaxException.near(peek());
        }
        return next().text();
    }

    /** A word of any kind, also a reserved one, in upper case. */
    String word() throws SyntaxException {
        if (peek().kind() != Token.Kind.WORD) {
            throw SyntaxException.near(peek());
        }
        return next().text().toUpperCase(Locale.ROOT);
    }

    /** A name with qualifiers; empty parts as in {@code a..b} stay empty. */
    List<String> qualifiedName() throws SyntaxException {
        List<String> parts = new ArrayList<>();
        parts.add(name());
        while (isNext(".")) {
            next();
            parts.add(isNext(".") ? "" : peek().kind() == Token.Kind.WORD ? next().text() : name());
        }
        return parts;
    }

    String variable() throws SyntaxException {
        if (peek().kind() != Token.Kind.VARIABLE) {
            throw SyntaxException.near(peek());
        }
        return next().text();
    }

    int integer() throws SyntaxException {
        Token token = next();
        try {
            return Integer.parseInt(token.text());
        } catch (NumberFormatException unreadable) {
            throw SyntaxException.near(token);
        }
    }

    static Object number(Token token) throws SyntaxException {
        String text = token.text();
        try {
            if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
                return Double.valueOf(text);
            }
            BigDecimal number = new BigDecimal(text);
            if (text.indexOf('.') >= 0 || number.precision() > 18) {
                return number;
            }
            long whole = number.longValue();
            return whole == (int) whole ? (Object) (int) whole : new BigDecimal(whole);
        } catch (NumberFormatException unreadable) {
            throw SyntaxException.near(token);
        }
    }
}
