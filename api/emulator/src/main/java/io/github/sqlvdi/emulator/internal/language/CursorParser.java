package io.github.sqlvdi.emulator.internal.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses the statements about cursors. */
final class CursorParser {

    private static final Set<String> OPTIONS = Set.of("LOCAL", "GLOBAL", "FORWARD_ONLY", "SCROLL", "STATIC", "KEYSET",
            "DYNAMIC", "FAST_FORWARD", "READ_ONLY", "SCROLL_LOCKS", "OPTIMISTIC", "TYPE_WARNING");

    private final TokenStream in;
    private final Parser parser;

    CursorParser(TokenStream in, Parser parser) {
        this.in = in;
        this.parser = parser;
    }

    /** Parses what follows DECLARE when no variable does. The options change nothing: every cursor is static here. */
    Statement declaration() throws SyntaxException {
        int line = in.peek().line();
        String name = in.name();
        while (in.take("INSENSITIVE", "SCROLL")) {
            continue;
        }
        in.require("CURSOR");
        while (in.take(OPTIONS.toArray(String[]::new))) {
            continue;
        }
        in.require("FOR");
        Select query = parser.select();
        if (in.take("FOR")) {
            in.require("READ");
            in.require("ONLY");
        }
        return new CursorStatement(CursorStatement.Action.DECLARE, name, query, null, List.of(), line);
    }

    Statement statement(String word, int line) throws SyntaxException {
        CursorStatement.Action action = CursorStatement.Action.valueOf(word);
        String direction = null;
        if (action == CursorStatement.Action.FETCH) {
            direction = in.isNext("NEXT") || in.isNext("PRIOR") || in.isNext("FIRST") || in.isNext("LAST") ? in.word()
                    : "NEXT";
            in.take("FROM");
        }
        in.take("GLOBAL");
        String name = in.name();
        List<String> variables = new ArrayList<>();
        if (action == CursorStatement.Action.FETCH && in.take("INTO")) {
            do {
                variables.add(in.variable());
            } while (in.take(","));
        }
        return new CursorStatement(action, name, null, direction, variables, line);
    }
}
