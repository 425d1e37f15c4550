/**
 * Plays SQL Server's part of a {@code BACKUP} or {@code RESTORE} statement, for tests and demonstrations on machines without
 * SQL Server. {@link io.github.sqlvdi.emulator.EmulatedServer} opens a client's device set as the server does, drives its
 * devices with the commands of their class, and gives a verdict with the messages of SQL Server.
 *
 * <p>Numbers such as (VDI reference 7.2) are sections of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/vdi-reference.md">docs/vdi-reference.md</a>,
 * those such as (MTF reference 13) of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/mtf-reference.md">docs/mtf-reference.md</a>.
 */
@NullMarked
package io.github.sqlvdi.emulator;

import org.jspecify.annotations.NullMarked;
