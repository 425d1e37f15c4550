/**
 * The command line {@code sqlvdi}: backups and restores through virtual devices, with an emulated SQL Server on the
 * other side, and explanations of codes.
 */
package io.github.sqlvdi.samples.cli;
