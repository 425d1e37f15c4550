/** BACKUP and RESTORE of the emulated SQL Server. */
package io.github.sqlvdi.emulator.internal.statements;
