package io.github.sqlvdi.emulator.internal.language;

import java.util.List;

/**
 * A query.
 *
 * @param top how many rows at most, null for all
 * @param distinct whether equal rows are left out
 * @param items the select list
 * @param tables the FROM list, empty without
 * @param where the condition, null without
 * @param groups the GROUP BY list, empty without
 * @param having the condition for groups, null without
 * @param orders the ORDER BY list
 * @param line where it begins
 */
public record Select(Expression top, boolean distinct, List<Item> items, List<Table> tables, Expression where,
        List<Expression> groups, Expression having, List<Order> orders, int line) implements Statement {

    /**
     * An entry of the select list.
     *
     * @param value the expression, null for a star
     * @param alias the name, or the table of a star; null without
     * @param variable the variable that takes the value, null without
     */
    public record Item(Expression value, String alias, String variable) {
    }

    /**
     * A table or view.
     *
     * @param parts the name, qualifiers first
     * @param alias the alias, null without
     * @param outer whether rows without a partner stay: LEFT JOIN
     * @param on the join condition, null for a product
     * @param line where it stands
     */
    public record Table(List<String> parts, String alias, boolean outer, Expression on, int line) {
    }

    /**
     * An entry of the ORDER BY list.
     *
     * @param value the expression
     * @param descending whether the largest comes first
     */
    public record Order(Expression value, boolean descending) {
    }
}
