/**
 * BACKUP and RESTORE of the emulated SQL Server. The numbers behind "TDS reference" are sections of
 * {@code docs/tds-reference.md}, those behind "MTF reference" of {@code docs/mtf-reference.md}.
 */
package io.github.sqlvdi.emulator.internal.statements;
