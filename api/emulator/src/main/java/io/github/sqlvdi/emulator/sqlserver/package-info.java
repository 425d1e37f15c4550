/** An SQL Server to test a backup program against: T-SQL over TDS, BACKUP and RESTORE over the embedded VDI. */
package io.github.sqlvdi.emulator.sqlserver;
