package io.github.sqlvdi.emulator.internal.language;

/**
 * An option of BACKUP or RESTORE.
 *
 * @param name the name in upper case
 * @param value its value, null without
 * @param second the physical name of MOVE, the time after AFTER; null without
 * @param line the line
 */
public record BackupOption(String name, Expression value, Expression second, int line) {
}
