package io.github.sqlvdi.emulator.internal.language;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses a batch. Statements follow each other with or without a semicolon, so a statement ends where the next one can
 * begin. Not safe for several threads.
 */
public final class Parser {

    private static final int MAX_DEPTH = 100;

    private final TokenStream in;
    private final ExpressionParser expressions;
    private final BackupParser backups;
    private final ControlParser control;
    private int depth;

    private Parser(TokenStream in) {
        this.in = in;
        expressions = new ExpressionParser(in, this);
        backups = new BackupParser(in, expressions);
        control = new ControlParser(in, expressions, this);
    }

    /**
     * Parses a batch.
     *
     * @param text the batch
     * @return its statements
     * @throws SyntaxException for the first error; no statement may run then
     */
    public static List<Statement> parse(String text) throws SyntaxException {
        Parser parser = new Parser(new TokenStream(Lexer.tokens(text)));
        return parser.statements(true);
    }

    /**
     * Parses the list of parameter declarations of a prepared statement: {@code @P1 int, @P2 nvarchar(10) OUTPUT}.
     *
     * @param text the list
     * @return the declarations
     * @throws SyntaxException for the first error
     */
    public static List<Statement.Declare> declarations(String text) throws SyntaxException {
        TokenStream in = new TokenStream(Lexer.tokens(text));
        Parser parser = new Parser(in);
        List<Statement.Declare> list = new ArrayList<>();
        while (!in.atEnd()) {
            int line = in.peek().line();
            String name = in.variable();
            in.take("AS");
            TypeName type = parser.type();
            list.add(new Statement.Declare(name, type, in.take("=") ? parser.expressions.value() : null, line));
            in.take("OUTPUT", "OUT");
            in.take("READONLY");
            if (!in.atEnd()) {
                in.require(",");
            }
        }
        return list;
    }

    List<Statement> statements(boolean wholeBatch) throws SyntaxException {
        List<Statement> list = new ArrayList<>();
        while (true) {
            while (in.take(";")) { // empty statements
            }
            if (in.atEnd() || !wholeBatch && in.isNext("END")) {
                return list;
            }
            addStatement(list, wholeBatch && list.isEmpty());
        }
    }

    /** Parses one statement; a DECLARE of several variables gives several. */
    private void addStatement(List<Statement> list, boolean first) throws SyntaxException {
        Token token = in.peek();
        if (token.is("DECLARE")) {
            in.next();
            if (in.peek().isName()) {
                list.add(new CursorParser(in, this).declaration());
                return;
            }
            do {
                list.add(declaration());
            } while (in.take(","));
        } else if (first && token.isName() && !token.is("THROW") && !in.peek(1).is(":")) {
            list.add(control.execute(token.line())); // the first statement may leave EXECUTE out
        } else {
            list.add(statement());
        }
    }

    private Statement.Declare declaration() throws SyntaxException {
        int line = in.peek().line();
        String name = in.variable();
        in.take("AS");
        TypeName type = type();
        return new Statement.Declare(name, type, in.take("=") ? expressions.condition() : null, line);
    }

    /** Parses one statement in a place where only one is allowed. */
    Statement statement() throws SyntaxException {
        if (++depth > MAX_DEPTH) {
            throw new SyntaxException(191, in.peek().line(), "Some part of your SQL statement is nested too deeply. "
                    + "Rewrite the query or break it up into smaller queries.");
        }
        try {
            if (in.isNext("SELECT")) {
                return select();
            }
            if (in.isNext("BACKUP")) {
                return backups.backup();
            }
            if (in.isNext("RESTORE")) {
                return backups.restore();
            }
            return control.statement();
        } finally {
            depth--;
        }
    }

    /** Parses a query. */
    Select select() throws SyntaxException {
        return new SelectParser(in, expressions).select();
    }

    /** Parses a type with its length. */
    TypeName type() throws SyntaxException {
        int line = in.peek().line();
        List<String> parts = in.qualifiedName();
        String name = parts.getLast();
        if (!in.take("(")) {
            return new TypeName(name, 0, 0, false, line);
        }
        int first = in.take("MAX") ? -1 : in.integer();
        int second = in.take(",") ? in.integer() : 0;
        in.require(")");
        return new TypeName(name, first, second, true, line);
    }
}
