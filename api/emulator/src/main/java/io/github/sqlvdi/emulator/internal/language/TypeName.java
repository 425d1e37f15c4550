package io.github.sqlvdi.emulator.internal.language;

/**
 * A type as written in T-SQL.
 *
 * @param name the name
 * @param first the first number in parentheses, -1 for max, 0 without
 * @param second the second number, 0 without
 * @param sized whether there are parentheses
 * @param line where it stands
 */
public record TypeName(String name, int first, int second, boolean sized, int line) {
}
