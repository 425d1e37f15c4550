package io.github.sqlvdi.emulator.internal.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Parses what is neither a query nor BACKUP or RESTORE. */
final class ControlParser {

    private final TokenStream in;
    private final ExpressionParser expressions;
    private final Parser parser;

    ControlParser(TokenStream in, ExpressionParser expressions, Parser parser) {
        this.in = in;
        this.expressions = expressions;
        this.parser = parser;
    }

    Statement statement() throws SyntaxException {
        Token token = in.peek();
        if (token.kind() != Token.Kind.WORD) {
            throw SyntaxException.near(token);
        }
        int line = token.line();
        switch (token.text().toUpperCase(Locale.ROOT)) {
            case "SET", "IF", "WHILE", "BEGIN", "PRINT", "RAISERROR", "WAITFOR", "USE", "EXEC", "EXECUTE", "COMMIT",
                    "ROLLBACK", "SAVE", "CREATE", "ALTER", "DROP", "KILL", "RETURN", "BREAK", "CONTINUE", "THROW",
                    "OPEN",
                    "FETCH", "CLOSE", "DEALLOCATE" -> {
                String word = in.word();
                return statement(word, line);
            }
            default -> throw SyntaxException.near(token);
        }
    }

    private Statement statement(String word, int line) throws SyntaxException {
        return switch (word) {
            case "SET" -> set(line);
            case "IF" -> ifElse(line);
            case "WHILE" -> new Statement.While(expressions.condition(), parser.statement(), line);
            case "BREAK", "CONTINUE" -> new Statement.LoopControl(word.equals("BREAK"), line);
            case "BEGIN" -> begin(line);
            case "PRINT" -> new Statement.Print(expressions.value(), line);
            case "RAISERROR" -> raiseError(line);
            case "THROW" -> throwing(line);
            case "WAITFOR" -> {
                boolean delay = in.take("DELAY");
                if (!delay) {
                    in.require("TIME");
                }
                yield new Statement.WaitFor(expressions.value(), delay, line);
            }
            case "USE" -> new Statement.Use(in.name(), line);
            case "EXEC", "EXECUTE" -> execute(line);
            case "COMMIT", "ROLLBACK", "SAVE" -> transaction(word, line);
            case "OPEN", "FETCH", "CLOSE", "DEALLOCATE" -> new CursorParser(in, parser).statement(word, line);
            case "KILL" -> new Statement.Kill(expressions.value(), line);
            case "RETURN" -> new Statement.Return(startsValue() ? expressions.value() : null, line);
            default -> new DatabaseParser(in).change(word, line);
        };
    }

    private boolean startsValue() {
        Token token = in.peek();
        return switch (token.kind()) {
            case NUMBER, VARIABLE, STRING -> true;
            case SYMBOL -> token.is("(") || token.is("-");
            default -> false;
        };
    }

    private Statement set(int line) throws SyntaxException {
        if (in.peek().kind() == Token.Kind.VARIABLE) {
            String name = in.variable();
            Token operator = in.next();
            if (operator.is("=")) {
                return new Statement.SetVariable(name, expressions.condition(), line);
            }
            if (operator.kind() == Token.Kind.SYMBOL && operator.text().length() == 2 && operator.text().endsWith("=")
                    && "+-*/".indexOf(operator.text().charAt(0)) >= 0) {
                return new Statement.SetVariable(name, new Expression.Binary(operator.text().substring(0, 1),
                        new Expression.Variable(name, line), expressions.value()), line);
            }
            throw SyntaxException.near(operator);
        }
        if (in.take("TRANSACTION")) {
            in.require("ISOLATION");
            in.require("LEVEL");
            String level = in.word();
            if (level.equals("READ") || level.equals("REPEATABLE")) {
                level += " " + in.word();
            }
            return new Statement.SetOption(List.of("TRANSACTION ISOLATION LEVEL"), level, line);
        }
        List<String> names = new ArrayList<>();
        do {
            names.add(SessionOptions.require(in.peek()));
            in.next();
        } while (in.take(","));
        if (names.getFirst().equals("STATISTICS")) {
            in.word();
        }
        in.take("=");
        Expression value = in.isNext("ON") || in.isNext("OFF") ? new Expression.Literal(in.word()) : plain();
        return new Statement.SetOption(names, value instanceof Expression.Literal literal
                ? String.valueOf(literal.value()) : "", line);
    }

    private Expression plain() throws SyntaxException {
        Token token = in.peek();
        if (token.isName()) {
            return new Expression.Literal(in.next().text());
        }
        return expressions.value();
    }

    private Statement ifElse(int line) throws SyntaxException {
        Expression condition = expressions.condition();
        Statement then = parser.statement();
        while (in.isNext(";") && in.peek(1).is("ELSE")) {
            in.next();
        }
        return new Statement.If(condition, then, in.take("ELSE") ? parser.statement() : null, line);
    }

    private Statement begin(int line) throws SyntaxException {
        if (in.isNext("TRAN") || in.isNext("TRANSACTION") || in.isNext("DISTRIBUTED")) {
            in.take("DISTRIBUTED");
            return transaction("BEGIN", line);
        }
        if (in.take("TRY")) {
            List<Statement> tried = parser.statements(false);
            in.require("END");
            in.require("TRY");
            in.take(";");
            in.require("BEGIN");
            in.require("CATCH");
            List<Statement> caught = parser.statements(false);
            in.require("END");
            in.require("CATCH");
            return new Statement.TryCatch(tried, caught, line);
        }
        List<Statement> body = parser.statements(false);
        if (body.isEmpty()) {
            throw SyntaxException.near(in.peek());
        }
        in.require("END");
        return new Statement.Block(body, line);
    }

    private Statement transaction(String action, int line) throws SyntaxException {
        in.take("TRANSACTION", "TRAN", "WORK");
        if (in.peek().kind() == Token.Kind.VARIABLE || in.peek().isName()) {
            in.next();
        }
        return new Statement.Transaction(action, line);
    }

    private Statement raiseError(int line) throws SyntaxException {
        in.require("(");
        Expression message = expressions.value();
        in.require(",");
        Expression severity = expressions.value();
        in.require(",");
        Expression state = expressions.value();
        List<Expression> arguments = new ArrayList<>();
        while (in.take(",")) {
            arguments.add(expressions.value());
        }
        in.require(")");
        if (in.take("WITH")) {
            do {
                in.word();
            } while (in.take(","));
        }
        return new Statement.RaiseError(message, severity, state, arguments, line);
    }

    private Statement throwing(int line) throws SyntaxException {
        if (!startsValue()) {
            return new Statement.Throw(null, null, null, line);
        }
        Expression number = expressions.value();
        in.require(",");
        Expression message = expressions.value();
        in.require(",");
        return new Statement.Throw(number, message, expressions.value(), line);
    }

    /** Parses a call behind EXECUTE. */
    Statement execute(int line) throws SyntaxException {
        if (in.take("(")) {
            Expression text = expressions.value();
            in.require(")");
            return new Statement.ExecuteText(text, line);
        }
        String result = null;
        if (in.peek().kind() == Token.Kind.VARIABLE && in.peek(1).is("=")) {
            result = in.variable();
            in.next();
        }
        List<String> procedure = in.qualifiedName();
        List<Statement.Argument> arguments = new ArrayList<>();
        if (startsValue() || in.isNext("NULL") || in.isNext("DEFAULT") || in.peek().isName()) {
            do {
                arguments.add(argument());
            } while (in.take(","));
        }
        return new Statement.Execute(procedure, result, arguments, line);
    }

    private Statement.Argument argument() throws SyntaxException {
        String name = null;
        if (in.peek().kind() == Token.Kind.VARIABLE && in.peek(1).is("=")) {
            name = in.variable();
            in.next();
        }
        Expression value;
        if (in.take("DEFAULT")) {
            value = new Expression.Literal(null);
        } else if (in.peek().isName()) {
            value = new Expression.Literal(in.next().text());
        } else {
            value = expressions.value();
        }
        return new Statement.Argument(name, value, in.take("OUTPUT", "OUT"));
    }
}
