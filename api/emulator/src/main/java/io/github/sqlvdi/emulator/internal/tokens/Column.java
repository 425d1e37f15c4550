package io.github.sqlvdi.emulator.internal.tokens;

import io.github.sqlvdi.emulator.internal.types.DataType;

/**
 * A column of a result set.
 *
 * @param name the name, empty for none
 * @param type the type
 */
public record Column(String name, DataType type) {
}
