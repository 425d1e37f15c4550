/** What the emulated SQL Server keeps, in memory or in a folder: its identity, databases, history, and sessions. */
package io.github.sqlvdi.emulator.internal.catalog;
