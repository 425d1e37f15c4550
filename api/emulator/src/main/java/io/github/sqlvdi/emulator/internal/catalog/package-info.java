/** What the emulated SQL Server keeps: its identity, databases, history of backups and restores, and sessions. */
package io.github.sqlvdi.emulator.internal.catalog;
