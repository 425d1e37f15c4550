/** Measures whole backups and restores of an SQL Server, real or emulated. */
package io.github.sqlvdi.benchmarks.server;
