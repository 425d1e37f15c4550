/**
 * Plays SQL Server's part of a {@code BACKUP} or {@code RESTORE} statement, for tests and demonstrations on machines without
 * SQL Server. {@link io.github.sqlvdi.emulator.EmulatedServer} opens a client's device set as the server does, drives its
 * devices with the commands of their class, and gives a verdict with the messages of SQL Server.
 */
package io.github.sqlvdi.emulator;
