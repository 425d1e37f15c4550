package io.github.sqlvdi.emulator.internal.language;

import java.util.ArrayList;
import java.util.List;

/** Parses queries. */
final class SelectParser {

    private final TokenStream in;
    private final ExpressionParser expressions;

    SelectParser(TokenStream in, ExpressionParser expressions) {
        this.in = in;
        this.expressions = expressions;
    }

    Select select() throws SyntaxException {
        int line = in.next().line();
        boolean distinct = in.take("DISTINCT");
        in.take("ALL");
        Expression top = in.take("TOP") ? top() : null;
        List<Select.Item> items = new ArrayList<>();
        do {
            items.add(item());
        } while (in.take(","));
        List<Select.Table> tables = in.take("FROM") ? tables() : List.of();
        Expression where = in.take("WHERE") ? expressions.condition() : null;
        List<Expression> groups = new ArrayList<>();
        if (in.take("GROUP")) {
            in.require("BY");
            do {
                groups.add(expressions.value());
            } while (in.take(","));
        }
        Expression having = in.take("HAVING") ? expressions.condition() : null;
        List<Select.Order> orders = new ArrayList<>();
        if (in.take("ORDER")) {
            in.require("BY");
            do {
                Expression value = expressions.value();
                orders.add(new Select.Order(value, in.take("DESC")));
                in.take("ASC");
            } while (in.take(","));
        }
        if (in.take("OPTION")) { // hints change nothing here
            skipParentheses();
        }
        return new Select(top, distinct, items, tables, where, groups, having, orders, line);
    }

    private Expression top() throws SyntaxException {
        if (in.take("(")) {
            Expression count = expressions.value();
            in.require(")");
            return count;
        }
        return new Expression.Literal(in.integer());
    }

    private Select.Item item() throws SyntaxException {
        if (in.take("*")) {
            return new Select.Item(null, null, null);
        }
        if (in.peek().isName() && in.peek(1).is(".") && in.peek(2).is("*")) {
            String table = in.name();
            in.next();
            in.next();
            return new Select.Item(null, table, null);
        }
        if (in.peek().kind() == Token.Kind.VARIABLE && in.peek(1).is("=")) {
            String variable = in.variable();
            in.next();
            return new Select.Item(expressions.condition(), null, variable);
        }
        if (in.peek().isName() && in.peek(1).is("=")) {
            String alias = in.name();
            in.next();
            return new Select.Item(expressions.condition(), alias, null);
        }
        Expression value = expressions.condition();
        return new Select.Item(value, alias(), null);
    }

    private String alias() throws SyntaxException {
        if (in.take("AS")) {
            return in.peek().kind() == Token.Kind.STRING ? in.next().text() : in.name();
        }
        return in.peek().isName() || in.peek().kind() == Token.Kind.STRING ? in.next().text() : null;
    }

    private List<Select.Table> tables() throws SyntaxException {
        List<Select.Table> tables = new ArrayList<>();
        tables.add(table(false, false));
        while (true) {
            if (in.take(",")) {
                tables.add(table(false, false));
            } else if (in.take("CROSS")) {
                in.require("JOIN");
                tables.add(table(false, false));
            } else if (in.take("LEFT")) {
                in.take("OUTER");
                in.require("JOIN");
                tables.add(table(true, true));
            } else if (in.isNext("JOIN") || in.isNext("INNER")) {
                in.take("INNER");
                in.require("JOIN");
                tables.add(table(false, true));
            } else {
                return tables;
            }
        }
    }

    private Select.Table table(boolean outer, boolean joined) throws SyntaxException {
        int line = in.peek().line();
        List<String> parts = in.qualifiedName();
        String alias = in.take("AS") || in.peek().isName() ? in.name() : null;
        if (in.isNext("WITH") && in.peek(1).is("(")) { // hints like NOLOCK change nothing here
            in.next();
            skipParentheses();
        }
        Expression on = null;
        if (joined) {
            in.require("ON");
            on = expressions.condition();
        }
        return new Select.Table(parts, alias, outer, on, line);
    }

    private void skipParentheses() throws SyntaxException {
        in.require("(");
        for (int open = 1; open > 0;) {
            if (in.atEnd()) {
                throw SyntaxException.near(in.peek());
            }
            Token token = in.next();
            open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
        }
    }
}
