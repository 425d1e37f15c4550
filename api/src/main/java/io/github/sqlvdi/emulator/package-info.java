/** Plays SQL Server's part of a statement, for tests and demonstrations. */
package io.github.sqlvdi.emulator;
