package io.github.sqlvdi.emulator.sqlserver;

import io.github.sqlvdi.mtf.BackupType;

/**
 * A stream that was restored to a database, for assertions of tests.
 *
 * @param type the kind of the backup
 * @param device the virtual device
 * @param length bytes
 * @param sha256 the hash of the bytes, as lower-case hexadecimal digits
 */
public record RestoredBackup(BackupType type, String device, long length, String sha256) {
}
