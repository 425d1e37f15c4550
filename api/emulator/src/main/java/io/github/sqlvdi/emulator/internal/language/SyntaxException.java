package io.github.sqlvdi.emulator.internal.language;

import java.util.Locale;

/** Thrown for a batch that does not compile; none of its statements runs. */
public final class SyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int number;
    private final int line;

    SyntaxException(int number, int line, String text, Object... arguments) {
        super(String.format(Locale.ROOT, text, arguments));
        this.number = number;
        this.line = line;
    }

    /** An error near a token: 156 for a keyword, 102 for anything else. */
    static SyntaxException near(Token token) {
        return token.kind() == Token.Kind.WORD && Keywords.isReserved(token.text())
                ? new SyntaxException(156, token.line(), "Incorrect syntax near the keyword '%s'.", token.text())
                : new SyntaxException(102, token.line(), "Incorrect syntax near '%s'.", token.text());
    }

    /** {@return the number of SQL Server's message} */
    public int number() {
        return number;
    }

    /** {@return the line in the batch, from 1} */
    public int line() {
        return line;
    }
}
