/**
 * Backups and restores of an SQL Server over JDBC: the statement, its devices and the verdict in one call.
 * {@link io.github.sqlvdi.jdbc.SqlServer} is the entry. The driver is the program's; Microsoft's
 * {@code com.microsoft.sqlserver:mssql-jdbc} is the one that is tested.
 *
 * <p>Numbers such as (VDI reference 7.2) are sections of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/vdi-reference.md">docs/vdi-reference.md</a>, and (TDS reference
 * 8.1) of <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/tds-reference.md">docs/tds-reference.md</a>.
 */
@NullMarked
package io.github.sqlvdi.jdbc;

import org.jspecify.annotations.NullMarked;
