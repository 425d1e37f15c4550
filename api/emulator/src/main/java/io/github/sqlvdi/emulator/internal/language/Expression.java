package io.github.sqlvdi.emulator.internal.language;

import java.util.List;

/** An expression or a condition. */
public sealed interface Expression {

    /**
     * A constant.
     *
     * @param value a String, Integer, Long, BigDecimal, Double or {@code byte[]}, null for NULL
     */
    record Literal(Object value) implements Expression {
    }

    /**
     * A variable, or a function with two {@literal @} in front of its name.
     *
     * @param name the name with its {@literal @}
     * @param line where it stands
     */
    record Variable(String name, int line) implements Expression {

        /** {@return whether the name begins with two} */
        public boolean isGlobal() {
            return name.startsWith("@@");
        }
    }

    /**
     * A column.
     *
     * @param parts the name, qualifiers first
     * @param line where it stands
     */
    record Column(List<String> parts, int line) implements Expression {
    }

    /**
     * An operator with one operand.
     *
     * @param operator {@code -}, {@code +}, {@code ~} or {@code NOT}
     * @param operand the operand
     */
    record Unary(String operator, Expression operand) implements Expression {
    }

    /**
     * An operator with two operands.
     *
     * @param operator an arithmetic one, a comparison, {@code AND} or {@code OR}
     * @param left the left operand
     * @param right the right operand
     */
    record Binary(String operator, Expression left, Expression right) implements Expression {
    }

    /**
     * A function.
     *
     * @param name the name in upper case
     * @param arguments the arguments
     * @param star whether the argument is a star
     * @param line where it stands
     */
    record Call(String name, List<Expression> arguments, boolean star, int line) implements Expression {
    }

    /**
     * CAST, CONVERT and their TRY forms.
     *
     * @param operand the value
     * @param type the wanted type
     * @param style the style of CONVERT, null without
     * @param tries whether a failure gives NULL
     */
    record Cast(Expression operand, TypeName type, Expression style, boolean tries) implements Expression {
    }

    /**
     * CASE.
     *
     * @param operand what is compared, null for conditions
     * @param whens conditions or values
     * @param thens a result for each
     * @param otherwise the result of ELSE, null without
     */
    record Case(Expression operand, List<Expression> whens, List<Expression> thens, Expression otherwise)
            implements
                Expression {
    }

    /**
     * IN with a list.
     *
     * @param operand the value
     * @param list the list
     * @param subquery the query in place of a list, null without
     * @param negated NOT IN
     */
    record In(Expression operand, List<Expression> list, Select subquery, boolean negated) implements Expression {
    }

    /**
     * LIKE.
     *
     * @param operand the text
     * @param pattern the pattern
     * @param escape the escape character, null without
     * @param negated NOT LIKE
     */
    record Like(Expression operand, Expression pattern, Expression escape, boolean negated) implements Expression {
    }

    /**
     * BETWEEN.
     *
     * @param operand the value
     * @param low the lower bound
     * @param high the upper bound
     * @param negated NOT BETWEEN
     */
    record Between(Expression operand, Expression low, Expression high, boolean negated) implements Expression {
    }

    /**
     * IS NULL.
     *
     * @param operand the value
     * @param negated IS NOT NULL
     */
    record IsNull(Expression operand, boolean negated) implements Expression {
    }

    /**
     * A query in place of a value, or EXISTS.
     *
     * @param query the query
     * @param exists whether only the existence of a row counts
     */
    record Subquery(Select query, boolean exists) implements Expression {
    }
}
