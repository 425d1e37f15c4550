/**
 * BACKUP and RESTORE of the emulated SQL Server. The numbers behind "TDS reference" are sections of
 * {@code docs/tds-reference.md}.
 */
package io.github.sqlvdi.emulator.internal.statements;
