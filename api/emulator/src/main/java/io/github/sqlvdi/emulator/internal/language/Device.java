package io.github.sqlvdi.emulator.internal.language;

/**
 * A backup device of a statement.
 *
 * @param type VIRTUAL_DEVICE, DISK, TAPE or URL; LOGICAL for a name without a type
 * @param name the name: a text or a variable
 */
public record Device(String type, Expression name) {
}
