package io.github.sqlvdi.mtf;

import java.util.Optional;

/**
 * What a backup covers: the letter in the stream (MTF reference 6.1, {@code SCIN} 0x57), the number that HEADERONLY prints
 * in {@code BackupType} and the words of {@code BackupTypeDescription}. The first three were seen in real streams; the
 * letters of the others are those of {@code msdb.dbo.backupset.type}.
 */
public enum BackupType {
    /** The whole database. */
    FULL('D', 1, "Database"),
    /** The transaction log. */
    LOG('L', 2, "Transaction Log"),
    /** Some files or filegroups; the letter was not seen in a stream. */
    FILE('F', 4, "File or Filegroup"),
    /** What changed in the database since a full backup. */
    DIFFERENTIAL('I', 5, "Database Differential"),
    /** What changed in some files; the letter was not seen in a stream. */
    FILE_DIFFERENTIAL('G', 6, "File Differential"),
    /** The filegroups that can be written; the letter was not seen in a stream. */
    PARTIAL('P', 7, "Partial"),
    /** What changed in the filegroups that can be written; the letter was not seen in a stream. */
    PARTIAL_DIFFERENTIAL('Q', 8, "Partial Differential");

    private final char letter;
    private final int number;
    private final String description;

    BackupType(char letter, int number, String description) {
        this.letter = letter;
        this.number = number;
        this.description = description;
    }

    /** {@return the letter in the stream} */
    public char letter() {
        return letter;
    }

    /** {@return the number in the column {@code BackupType}} */
    public int number() {
        return number;
    }

    /** {@return the words in the column {@code BackupTypeDescription}} */
    public String description() {
        return description;
    }

    /** {@return whether it holds what changed since a base, so that a restore needs the base first} */
    public boolean isDifferential() {
        return this == DIFFERENTIAL || this == FILE_DIFFERENTIAL || this == PARTIAL_DIFFERENTIAL;
    }

    /** {@return whether it may leave out files of the database} */
    public boolean isOfParts() {
        return this == FILE || this == FILE_DIFFERENTIAL || this == PARTIAL || this == PARTIAL_DIFFERENTIAL;
    }

    static Optional<BackupType> ofLetter(int letter) {
        for (BackupType type : values()) {
            if (type.letter == letter) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
