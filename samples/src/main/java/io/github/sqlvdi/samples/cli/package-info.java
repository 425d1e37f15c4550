/**
 * The command line {@code sqlvdi}: backups and restores through virtual devices, with an emulated SQL Server on the
 * other side, and explanations of codes.
 *
 * <p>Numbers such as (VDI reference 7.2) are sections of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/vdi-reference.md">docs/vdi-reference.md</a>.
 */
package io.github.sqlvdi.samples.cli;
