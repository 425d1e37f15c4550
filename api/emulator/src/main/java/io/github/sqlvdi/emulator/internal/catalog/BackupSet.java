package io.github.sqlvdi.emulator.internal.catalog;

import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;

/**
 * A backup set: what HEADERONLY, FILELISTONLY and the checks of a restore know of it.
 *
 * @param kind full, differential or log
 * @param setGuid the set
 * @param mediaGuid the media set
 * @param families how many devices it was written to
 * @param name the name, null without
 * @param description the description, null without
 * @param database the name of the database
 * @param server the server
 * @param user the login
 * @param serverMajor the major version of the server
 * @param serverBuild the build of the server
 * @param databaseVersion the internal version of the database
 * @param databaseGuid the database
 * @param familyGuid the family of the database
 * @param forkGuid the recovery fork
 * @param recoveryModel FULL, BULK_LOGGED or SIMPLE
 * @param firstLsn the first log record in the set
 * @param lastLsn the log record behind the last one
 * @param checkpointLsn the last checkpoint
 * @param databaseBackupLsn the last full backup
 * @param baseLsn the base of a differential, null without
 * @param baseGuid the full backup that is the base, null without
 * @param started when it began
 * @param finished when it ended
 * @param created when the database was made
 * @param bytes the size of the stream
 * @param copyOnly whether it is COPY_ONLY
 * @param checksums whether it has checksums
 * @param beginsChain whether it is the first of a log chain
 * @param files the files of the database
 */
public record BackupSet(Kind kind, UUID setGuid, UUID mediaGuid, int families, String name, String description,
        String database, String server, String user, int serverMajor, int serverBuild, int databaseVersion,
        UUID databaseGuid, UUID familyGuid, UUID forkGuid, String recoveryModel, BigInteger firstLsn,
        BigInteger lastLsn, BigInteger checkpointLsn, BigInteger databaseBackupLsn, BigInteger baseLsn, UUID baseGuid,
        LocalDateTime started, LocalDateTime finished, LocalDateTime created, long bytes, boolean copyOnly,
        boolean checksums, boolean beginsChain, List<DatabaseFile> files) {

    /** The kinds of backups. */
    public enum Kind {
        /** Full. */
        DATABASE(1, 'D', "Database"),
        /** Log. */
        LOG(2, 'L', "Transaction Log"),
        /** Differential. */
        DIFFERENTIAL(5, 'I', "Database Differential");

        private final int number;
        private final char letter;
        private final String words;

        Kind(int number, char letter, String words) {
            this.number = number;
            this.letter = letter;
            this.words = words;
        }

        /** {@return the number in BackupType of HEADERONLY} */
        public int number() {
            return number;
        }

        /** {@return the letter in msdb.dbo.backupset} */
        public String letter() {
            return String.valueOf(letter);
        }

        /** {@return the text in BackupTypeDescription; inferred for logs and differentials} */
        public String words() {
            return words;
        }
    }

    /** {@return the bits of the column Flags: 512, 16 with checksums, 1024 copy-only} */
    public int flags() {
        return 512 + (checksums ? 16 : 0) + (copyOnly ? 1024 : 0);
    }
}
