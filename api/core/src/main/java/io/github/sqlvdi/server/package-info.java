/**
 * The server half of VDI: device set, device, server command, completion agent. SQL Server has its own; this one is for
 * programs that play SQL Server towards a client, in tests, demonstrations and measurements. A whole statement is played by
 * {@code io.github.sqlvdi.emulator}; with this package a program sends the commands one by one:
 *
 * {@snippet class="io.github.sqlvdi.server.ServerExample" region="backup"}
 */
package io.github.sqlvdi.server;
