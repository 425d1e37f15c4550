/**
 * The server half of VDI: device set, device, server command, completion agent. SQL Server has its own implementation;
 * this one is for programs that take the place of SQL Server in tests, demonstrations and measurements. The package
 * {@code io.github.sqlvdi.emulator} emulates whole statements; with this package a program sends the commands one by
 * one:
 *
 * {@snippet class="io.github.sqlvdi.server.ServerExample" region="backup"}
 *
 * <p>Numbers such as (VDI reference 7.2) are sections of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/vdi-reference.md">docs/vdi-reference.md</a>.
 */
@NullMarked
package io.github.sqlvdi.server;

import org.jspecify.annotations.NullMarked;
