package io.github.sqlvdi.emulator.internal.language;

import java.util.List;

/**
 * RESTORE.
 *
 * @param kind the second word
 * @param database the database: a text or a variable; null for the kinds that have none
 * @param parts FILE, FILEGROUP, READ_WRITE_FILEGROUPS and PAGE
 * @param devices the devices, empty without FROM
 * @param options the options
 * @param line the line
 */
public record RestoreStatement(Kind kind, Expression database, List<BackupOption> parts, List<Device> devices,
        List<BackupOption> options, int line) implements Statement {

    /** What is restored, or shown. */
    public enum Kind {
        /** A database. */
        DATABASE,
        /** A log. */
        LOG,
        /** The headers of the backup sets. */
        HEADERONLY,
        /** The files of a backup set. */
        FILELISTONLY,
        /** The label of the media. */
        LABELONLY,
        /** Nothing; the backup set is checked. */
        VERIFYONLY,
        /** Nothing; a tape is rewound. */
        REWINDONLY
    }
}
