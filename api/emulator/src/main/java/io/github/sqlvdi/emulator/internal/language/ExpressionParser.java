package io.github.sqlvdi.emulator.internal.language;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Parses expressions and conditions, by descent. Depth and length are bounded. */
final class ExpressionParser {

    private static final int MAX_DEPTH = 100;
    private static final int MAX_CHAIN = 1000;
    private static final List<String> COMPARISONS = List.of("=", "<>", "!=", "<", ">", "<=", ">=", "!<", "!>");

    private final TokenStream in;
    private final Parser parser;
    private int depth;

    ExpressionParser(TokenStream in, Parser parser) {
        this.in = in;
        this.parser = parser;
    }

    /** Parses a condition or a value. */
    Expression condition() throws SyntaxException {
        enter();
        Expression left = conjunction();
        for (int length = 0; in.take("OR"); bound(length++)) {
            left = new Expression.Binary("OR", left, conjunction());
        }
        depth--;
        return left;
    }

    private void enter() throws SyntaxException {
        bound(++depth > MAX_DEPTH ? MAX_CHAIN : 0);
    }

    private void bound(int length) throws SyntaxException {
        if (length >= MAX_CHAIN) {
            throw new SyntaxException(191, in.peek().line(), "Some part of your SQL statement is nested too deeply. "
                    + "Rewrite the query or break it up into smaller queries.");
        }
    }

    private Expression conjunction() throws SyntaxException {
        Expression left = negation();
        for (int length = 0; in.take("AND"); bound(length++)) {
            left = new Expression.Binary("AND", left, negation());
        }
        return left;
    }

    private Expression negation() throws SyntaxException {
        if (in.take("NOT")) {
            enter();
            Expression operand = negation();
            depth--;
            return new Expression.Unary("NOT", operand);
        }
        return comparison();
    }

    private Expression comparison() throws SyntaxException {
        Expression left = value();
        String symbol = in.peek().text();
        if (in.peek().kind() == Token.Kind.SYMBOL && COMPARISONS.contains(symbol)) {
            in.next();
            return new Expression.Binary(symbol, left, value());
        }
        if (in.take("IS")) {
            boolean negated = in.take("NOT");
            in.require("NULL");
            return new Expression.IsNull(left, negated);
        }
        boolean negated = in.isNext("NOT")
                && (in.peek(1).is("IN") || in.peek(1).is("LIKE") || in.peek(1).is("BETWEEN"));
        if (negated) {
            in.next();
        }
        if (in.take("IN")) {
            return in(left, negated);
        }
        if (in.take("LIKE")) {
            Expression pattern = value();
            return new Expression.Like(left, pattern, in.take("ESCAPE") ? value() : null, negated);
        }
        if (in.take("BETWEEN")) {
            Expression low = value();
            in.require("AND");
            return new Expression.Between(left, low, value(), negated);
        }
        return left;
    }

    private Expression in(Expression left, boolean negated) throws SyntaxException {
        in.require("(");
        if (in.isNext("SELECT")) {
            Select query = parser.select();
            in.require(")");
            return new Expression.In(left, List.of(), query, negated);
        }
        return new Expression.In(left, list(), null, negated);
    }

    /** Parses values up to the closing parenthesis. */
    private List<Expression> list() throws SyntaxException {
        List<Expression> values = new ArrayList<>();
        do {
            values.add(condition());
        } while (in.take(","));
        in.require(")");
        return values;
    }

    /** Parses a value: sums, products, and so on down. */
    Expression value() throws SyntaxException {
        enter();
        Expression left = product();
        for (int length = 0; isOperator("+", "-", "&", "|", "^"); bound(length++)) {
            left = new Expression.Binary(in.next().text(), left, product());
        }
        depth--;
        return left;
    }

    private Expression product() throws SyntaxException {
        Expression left = primary();
        for (int length = 0; isOperator("*", "/", "%"); bound(length++)) {
            left = new Expression.Binary(in.next().text(), left, primary());
        }
        return left;
    }

    private boolean isOperator(String... symbols) {
        return in.peek().kind() == Token.Kind.SYMBOL && List.of(symbols).contains(in.peek().text());
    }

    private Expression primary() throws SyntaxException {
        Expression value = unadorned();
        if (in.take("COLLATE")) { // one collation is known; comparisons ignore case whatever is written
            in.name();
        }
        return value;
    }

    private Expression unadorned() throws SyntaxException {
        Token token = in.peek();
        switch (token.kind()) {
            case STRING -> {
                return new Expression.Literal(in.next().text());
            }
            case NUMBER -> {
                return new Expression.Literal(TokenStream.number(in.next()));
            }
            case BINARY -> {
                return binary(in.next());
            }
            case VARIABLE -> {
                return new Expression.Variable(in.next().text(), token.line());
            }
            case SYMBOL -> {
                return symbol(token);
            }
            default -> {
                return word(token);
            }
        }
    }

    private static Expression binary(Token token) throws SyntaxException {
        String digits = token.text().substring(2);
        try {
            return new Expression.Literal(HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits));
        } catch (IllegalArgumentException noHexadecimal) {
            throw SyntaxException.near(token);
        }
    }

    private Expression symbol(Token token) throws SyntaxException {
        if (isOperator("-", "+", "~")) {
            enter();
            Expression operand = new Expression.Unary(in.next().text(), primary());
            depth--;
            return operand;
        }
        if (!in.take("(")) {
            throw SyntaxException.near(token);
        }
        if (in.isNext("SELECT")) {
            enter();
            Select query = parser.select();
            depth--;
            in.require(")");
            return new Expression.Subquery(query, false);
        }
        Expression inner = condition();
        in.require(")");
        return inner;
    }

    private Expression word(Token token) throws SyntaxException {
        if (in.take("NULL")) {
            return new Expression.Literal(null);
        }
        if (in.take("CASE")) {
            return caseOf();
        }
        if (in.take("EXISTS")) {
            in.require("(");
            Select query = parser.select();
            in.require(")");
            return new Expression.Subquery(query, true);
        }
        boolean isFunction = token.kind() == Token.Kind.WORD && in.peek(1).is("(");
        if (isFunction && (token.isName() || token.is("CONVERT") || token.is("LEFT") || token.is("RIGHT"))) {
            return call(in.next());
        }
        if (!token.isName()) {
            throw SyntaxException.near(token);
        }
        return new Expression.Column(in.qualifiedName(), token.line());
    }

    private Expression call(Token token) throws SyntaxException {
        String name = token.text().toUpperCase(Locale.ROOT);
        in.require("(");
        switch (name) {
            case "CAST", "TRY_CAST" -> {
                Expression operand = condition();
                in.require("AS");
                TypeName type = parser.type();
                in.require(")");
                return new Expression.Cast(operand, type, null, name.startsWith("TRY"));
            }
            case "CONVERT", "TRY_CONVERT" -> {
                TypeName type = parser.type();
                in.require(",");
                Expression operand = condition();
                Expression style = in.take(",") ? value() : null;
                in.require(")");
                return new Expression.Cast(operand, type, style, name.startsWith("TRY"));
            }
            default -> {
                return plainCall(name, token.line());
            }
        }
    }

    private Expression plainCall(String name, int line) throws SyntaxException {
        if (in.take(")")) {
            return new Expression.Call(name, List.of(), false, line);
        }
        if (in.isNext("*") && in.peek(1).is(")")) {
            in.next();
            in.next();
            return new Expression.Call(name, List.of(), true, line);
        }
        return new Expression.Call(name, list(), false, line);
    }

    private Expression caseOf() throws SyntaxException {
        Expression operand = in.isNext("WHEN") ? null : value();
        List<Expression> whens = new ArrayList<>();
        List<Expression> thens = new ArrayList<>();
        while (in.take("WHEN")) {
            whens.add(condition());
            in.require("THEN");
            thens.add(condition());
        }
        Expression otherwise = in.take("ELSE") ? condition() : null;
        in.require("END");
        return new Expression.Case(operand, whens, thens, otherwise);
    }
}
