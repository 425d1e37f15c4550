package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.mtf.BackupHeader;
import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.HeaderColumns;
import io.github.sqlvdi.mtf.Lsn;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * What decides about the place of a backup set in a chain.
 *
 * @param name for messages
 * @param type the kind
 * @param id the id of the set
 * @param database the family of the database, the same for all its backups and copies; its name where the stream has none
 * @param first the first log record in it
 * @param last the log record behind the last one in it; a restore continues here
 * @param base for a differential the full backup it needs; empty where the stream does not say it
 * @param baseLsn for a differential the checkpoint of that full backup, else the own checkpoint
 * @param start when it began
 * @param finish when it ended, by the local time of the server
 */
record ChainLink(String name, BackupType type, UUID id, String database, Lsn first, Lsn last, Optional<UUID> base,
        Lsn baseLsn, LocalDateTime start, LocalDateTime finish) {

    static ChainLink of(BackupSetFiles set) {
        BackupHeader header = set.header();
        BackupType type = header.type().orElseThrow(
                () -> new IllegalArgumentException(set + " is of a kind that this version does not know"));
        LocalDateTime finish = header.finish().or(header::start)
                .orElseThrow(() -> new IllegalArgumentException(set + " has no date"));
        boolean differential = type == BackupType.DIFFERENTIAL;
        return new ChainLink(set.toString(), type, header.backupSetGuid(),
                header.get(HeaderColumns.FAMILY_GUID).toOptional().map(UUID::toString).orElse(header.databaseName()),
                header.firstLsn(), header.lastLsn(),
                differential ? header.get(HeaderColumns.DIFFERENTIAL_BASE_GUID).toOptional() : Optional.empty(),
                differential
                        ? header.get(HeaderColumns.DIFFERENTIAL_BASE_LSN).toOptional()
                                .orElse(header.databaseBackupLsn())
                        : header.checkpointLsn(),
                header.start().orElse(finish), finish);
    }

    /** Returns whether this differential can be restored upon that full backup. */
    boolean needs(ChainLink full) {
        return full.type == BackupType.FULL && base.map(full.id::equals).orElse(baseLsn.equals(full.baseLsn));
    }
}
