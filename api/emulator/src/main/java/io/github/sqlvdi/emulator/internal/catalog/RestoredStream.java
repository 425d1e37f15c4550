package io.github.sqlvdi.emulator.internal.catalog;

import io.github.sqlvdi.mtf.BackupType;

/**
 * A stream that was restored to a database.
 *
 * @param type the kind of the backup
 * @param device the device
 * @param length bytes
 * @param sha256 the hash of the bytes, as hexadecimal digits
 */
public record RestoredStream(BackupType type, String device, long length, String sha256) {
}
