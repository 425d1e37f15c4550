package io.github.sqlvdi.emulator.internal.language;

import java.util.List;

/**
 * BACKUP.
 *
 * @param log whether it is BACKUP LOG
 * @param database the database: a text or a variable
 * @param parts FILE, FILEGROUP and READ_WRITE_FILEGROUPS
 * @param devices the devices
 * @param mirrored whether MIRROR TO follows
 * @param options the options
 * @param line the line
 */
public record BackupStatement(boolean log, Expression database, List<BackupOption> parts, List<Device> devices,
        boolean mirrored, List<BackupOption> options, int line) implements Statement {
}
