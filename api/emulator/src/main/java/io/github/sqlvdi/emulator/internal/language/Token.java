package io.github.sqlvdi.emulator.internal.language;

/**
 * A token of T-SQL.
 *
 * @param kind the kind
 * @param text the text; of strings and quoted names without quotes
 * @param line the line in the batch, from 1
 */
record Token(Kind kind, String text, int line) {

    enum Kind {
        /** A name or keyword without quotes. */
        WORD,
        /** A name in brackets or double quotes. */
        QUOTED,
        STRING,
        NUMBER,
        /** 0x and hexadecimal digits. */
        BINARY,
        /** A name with one or two {@literal @} in front. */
        VARIABLE,
        SYMBOL,
        END
    }

    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(word);
    }

    boolean isName() {
        return kind == Kind.QUOTED || kind == Kind.WORD && !Keywords.isReserved(text);
    }
}
