package io.github.sqlvdi.emulator.sqlserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts as administrators write them for backups of all databases of a server: variables, loops, dynamic statements. */
class BackupScriptTest {

    /** Backs up each database that can be: a full backup where there is none, then its log; verifies; reports failures. */
    private static final String MAINTENANCE = """
            SET NOCOUNT ON

            DECLARE @Databases nvarchar(max), @BackupType nvarchar(max), @Verify nvarchar(max)
            SET @Databases = N'USER_DATABASES'
            SET @BackupType = N'FULL'
            SET @Verify = N'Y'

            DECLARE @StartMessage nvarchar(max)
            DECLARE @ErrorMessage nvarchar(max)
            DECLARE @Error int
            DECLARE @ReturnCode int
            DECLARE @CurrentDatabaseID int
            DECLARE @CurrentDatabaseName nvarchar(128)
            DECLARE @CurrentDatabaseNameFS nvarchar(max)
            DECLARE @CurrentRecoveryModel nvarchar(60)
            DECLARE @CurrentIsReadOnly bit
            DECLARE @CurrentBackupType nvarchar(10)
            DECLARE @CurrentFileName nvarchar(max)
            DECLARE @CurrentCommand nvarchar(max)
            DECLARE @CurrentDate datetime
            DECLARE @CurrentLogLSN numeric(25,0)
            DECLARE @Version numeric(18,10)
            SET @Error = 0
            SET @ReturnCode = 0

            SET @Version = CAST(LEFT(CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(max)),
              CHARINDEX('.', CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(max))) - 1) AS numeric(18,10))

            SET @StartMessage = 'Server: ' + CAST(SERVERPROPERTY('ServerName') AS nvarchar(max))
            RAISERROR('%s', 10, 1, @StartMessage) WITH NOWAIT
            SET @StartMessage = 'Edition: ' + CAST(SERVERPROPERTY('Edition') AS nvarchar(max))
            RAISERROR('%s', 10, 1, @StartMessage) WITH NOWAIT

            IF @BackupType NOT IN ('FULL', 'DIFF', 'LOG') OR @BackupType IS NULL
            BEGIN
              SET @ErrorMessage = 'The value for the parameter @BackupType is not supported.'
              RAISERROR('%s', 16, 1, @ErrorMessage) WITH NOWAIT
              SET @Error = @@ERROR
            END

            IF NOT (@Version >= 10)
            BEGIN
              RAISERROR('The version is not supported.', 16, 1) WITH NOWAIT
              SET @Error = @@ERROR
            END

            IF @Error <> 0
            BEGIN
              SET @ReturnCode = @Error
              RETURN
            END

            SET @CurrentDatabaseID = 4
            WHILE (1 = 1)
            BEGIN
              SET @CurrentDatabaseName = NULL
              SELECT TOP 1 @CurrentDatabaseID = database_id, @CurrentDatabaseName = name,
                           @CurrentRecoveryModel = recovery_model_desc, @CurrentIsReadOnly = is_read_only
              FROM sys.databases
              WHERE database_id > @CurrentDatabaseID AND source_database_id IS NULL
              ORDER BY database_id ASC

              IF @CurrentDatabaseName IS NULL
              BEGIN
                BREAK
              END

              IF DATABASEPROPERTYEX(@CurrentDatabaseName, 'Status') <> 'ONLINE'
              BEGIN
                SET @StartMessage = 'Skipped: ' + QUOTENAME(@CurrentDatabaseName)
                RAISERROR('%s', 10, 1, @StartMessage) WITH NOWAIT
                CONTINUE
              END

              SET @CurrentBackupType = 'FULL'
              SET @CurrentDate = GETDATE()
              SET @CurrentDatabaseNameFS = REPLACE(REPLACE(@CurrentDatabaseName, '\\', ''), '/', '')
              WHILE @CurrentBackupType IS NOT NULL
              BEGIN
                SELECT @CurrentFileName = @CurrentDatabaseNameFS + '_' + @CurrentBackupType + '_'
                  + REPLACE(REPLACE(REPLACE((CONVERT(nvarchar, @CurrentDate, 120)), '-', ''), ' ', '_'), ':', '')
                  + CASE WHEN @CurrentBackupType = 'LOG' THEN '.trn' ELSE '.bak' END

                SET @CurrentCommand = 'BACKUP ' + CASE WHEN @CurrentBackupType = 'LOG' THEN 'LOG' ELSE 'DATABASE' END + ' '
                  + QUOTENAME(@CurrentDatabaseName) + ' TO DISK = N''' + REPLACE(@CurrentFileName, '''', '''''') + ''''
                  + ' WITH CHECKSUM'
                  + CASE WHEN @Version >= 10 THEN ', COMPRESSION' ELSE '' END

                SET @StartMessage = 'Command: ' + @CurrentCommand
                RAISERROR('%s', 10, 1, @StartMessage) WITH NOWAIT
                BEGIN TRY
                  EXECUTE sp_executesql @stmt = @CurrentCommand
                END TRY
                BEGIN CATCH
                  SET @Error = ERROR_NUMBER()
                  SET @ErrorMessage = 'Msg ' + CAST(ERROR_NUMBER() AS nvarchar) + ', ' + ISNULL(ERROR_MESSAGE(), '')
                  RAISERROR('%s', 16, 1, @ErrorMessage) WITH NOWAIT
                  SET @ReturnCode = @Error
                END CATCH

                IF @Verify = 'Y' AND @Error = 0
                BEGIN
                  SET @CurrentCommand = 'RESTORE VERIFYONLY FROM DISK = N''' + REPLACE(@CurrentFileName, '''', '''''')
                    + ''' WITH CHECKSUM'
                  EXECUTE (@CurrentCommand)
                END
                SET @Error = 0

                IF @CurrentBackupType = 'FULL' AND @CurrentRecoveryModel <> 'SIMPLE'
                  SET @CurrentBackupType = 'LOG'
                ELSE
                  SET @CurrentBackupType = NULL
              END
            END

            SELECT @CurrentLogLSN = MAX(last_lsn) FROM msdb.dbo.backupset WHERE type = 'L'
            SET @StartMessage = 'Date and time: ' + CONVERT(nvarchar, GETDATE(), 120)
            RAISERROR('%s', 10, 1, @StartMessage) WITH NOWAIT
            SELECT @ReturnCode AS ReturnCode, CASE WHEN @CurrentLogLSN > 0 THEN 'has logs' ELSE 'no logs' END AS Logs
            """;

    /** The parameters of a statement given by sp_executesql, and an error code given back by it. */
    private static final String PARAMETERS = """
            DECLARE @name sysname, @file nvarchar(260), @stats int, @sql nvarchar(max), @count int;
            SELECT @name = N'sales', @file = N'p.bak', @stats = 50;
            SET @sql = N'BACKUP DATABASE @db TO DISK = @to WITH STATS = ' + CAST(@stats AS nvarchar(10)) + N', INIT;';
            EXEC sp_executesql @sql, N'@db sysname, @to nvarchar(260)', @db = @name, @to = @file;
            EXEC sp_executesql N'SELECT @n = COUNT(*) FROM msdb.dbo.backupset WHERE database_name = @db',
                N'@db sysname, @n int OUTPUT', @db = @name, @n = @count OUTPUT;
            SELECT @count;
            """;

    /** The shape of most scripts that people write: a cursor over the databases. */
    private static final String CURSOR = """
            DECLARE @name VARCHAR(50), @path VARCHAR(256), @fileName VARCHAR(256), @fileDate VARCHAR(20)
            SET @path = 'C:\\Backup\\'
            SELECT @fileDate = CONVERT(VARCHAR(20), GETDATE(), 112)

            DECLARE db_cursor CURSOR READ_ONLY FOR
            SELECT name FROM master.sys.databases WHERE name NOT IN ('master', 'model', 'msdb', 'tempdb') AND state = 0
            ORDER BY name
            OPEN db_cursor
            FETCH NEXT FROM db_cursor INTO @name
            WHILE @@FETCH_STATUS = 0
            BEGIN
               SET @fileName = @path + @name + '_' + @fileDate + '.BAK'
               BACKUP DATABASE @name TO DISK = @fileName WITH INIT
               FETCH NEXT FROM db_cursor INTO @name
            END
            CLOSE db_cursor
            DEALLOCATE db_cursor
            PRINT 'last: ' + @name
            """;

    @TempDir
    private Path folder;
    private EmulatedSqlServer server;

    @BeforeEach
    void start() throws IOException {
        server = EmulatedSqlServer.builder().encryption(Encryption.NONE).database("sales", 8 << 20)
                .database("it's; [odd]", 8 << 20).database("simple", 8 << 20).disks(folder).start();
        run("ALTER DATABASE simple SET RECOVERY SIMPLE");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The messages of a text, in their order, then its rows. */
    private List<String> run(String text) {
        List<String> lines = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            boolean result = statement.execute(text);
            while (result || statement.getUpdateCount() >= 0) {
                if (result) {
                    rows.addAll(rows(statement.getResultSet()));
                }
                result = statement.getMoreResults();
            }
            for (SQLWarning each = statement.getWarnings(); each != null; each = each.getNextWarning()) {
                lines.add(each.getMessage());
            }
        } catch (SQLException error) {
            for (SQLException each = error; each != null; each = each.getNextException()) {
                lines.add(each.getErrorCode() + " " + each.getMessage());
            }
        }
        lines.addAll(rows);
        return lines;
    }

    private static List<String> rows(ResultSet result) throws SQLException {
        List<String> rows = new ArrayList<>();
        while (result.next()) {
            StringBuilder row = new StringBuilder();
            for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                row.append(column == 1 ? "" : ",").append(result.getString(column));
            }
            rows.add(row.toString());
        }
        return rows;
    }

    @Test
    void maintenanceOfAllDatabasesBacksUpAndVerifies() throws Exception {
        run("ALTER DATABASE simple SET OFFLINE");
        List<String> lines = run(MAINTENANCE);
        assertEquals("0,has logs", lines.getLast(), lines::toString);
        assertTrue(lines.contains("Server: SQLVDI"), lines::toString);
        assertTrue(lines.contains("Skipped: [simple]"), lines::toString);
        assertEquals(4, lines.stream().filter("The backup set on file 1 is valid."::equals).count(), lines::toString);
        assertEquals(2, lines.stream().filter(line -> line.startsWith("BACKUP DATABASE successfully")).count());
        assertEquals(2, lines.stream().filter(line -> line.startsWith("BACKUP LOG successfully")).count());
        try (var files = Files.list(folder)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString().replaceAll("\\d", "0")).sorted().toList();
            assertEquals(List.of("it's; [odd]_FULL_00000000_000000.bak", "it's; [odd]_LOG_00000000_000000.trn",
                    "sales_FULL_00000000_000000.bak", "sales_LOG_00000000_000000.trn"), names);
        }
    }

    @Test
    void failureOfOneDatabaseIsReportedAndTheOthersGoOn() {
        server.inject(ServerFault.failAfter(100_000));
        List<String> lines = run(MAINTENANCE);
        assertTrue(lines.getFirst().startsWith("50000 Msg 3013, BACKUP DATABASE is terminating abnormally."),
                lines::toString);
        // The log of the failed database is refused too (4214); "simple" has no log backup.
        assertEquals("3", run("SELECT COUNT(*) FROM msdb.dbo.backupset").getLast());
    }

    @Test
    void cursorGoesOverAllDatabases() throws Exception {
        for (int round = 0; round < 2; round++) {
            List<String> lines = run(CURSOR);
            assertEquals("last: simple", lines.getLast(), lines::toString);
            assertEquals(3, lines.stream().filter(line -> line.startsWith("BACKUP DATABASE successfully")).count());
        }
        try (var files = Files.list(folder.resolve("Backup"))) {
            List<String> names = files.map(file -> file.getFileName().toString()).toList();
            long days = names.stream().map(name -> name.substring(name.lastIndexOf('_'))).distinct().count();
            assertTrue(days == 1 || days == 2, () -> "the name has a date, and midnight may pass in between: " + names);
            assertEquals(3 * days, names.size(), names::toString);
        }
    }

    @Test
    void cursorTellsItsMistakes() {
        String declared =
                "DECLARE c SCROLL CURSOR FOR SELECT name, database_id FROM sys.databases WHERE database_id < 3 "
                        + "ORDER BY 2 DECLARE @a sysname, @b int ";
        assertEquals(List.of("tempdb", "master", "tempdb", "master"), run(declared
                + "OPEN c FETCH LAST FROM c INTO @a, @b SELECT @a FETCH PRIOR FROM c INTO @a, @b SELECT @a "
                + "FETCH NEXT FROM c INTO @a, @b SELECT @a FETCH FIRST FROM c INTO @a, @b SELECT @a"));
        assertEquals(List.of("master,1", "-1"), run(declared
                + "OPEN c FETCH c; FETCH c INTO @a, @b FETCH c INTO @a, @b SELECT @@FETCH_STATUS"));
        assertTrue(run("OPEN nothing").getFirst().startsWith("16916 "));
        assertTrue(run(declared + "FETCH c INTO @a, @b").getFirst().startsWith("16917 "));
        assertTrue(run(declared + "OPEN c OPEN c").getFirst().startsWith("16905 "));
        assertTrue(run(declared + "OPEN c FETCH c INTO @a").getFirst().startsWith("16924 "));
        assertTrue(run(declared + "DECLARE c CURSOR FOR SELECT 1").getFirst().startsWith("16915 "));
    }

    @Test
    void lastBackupsOfEachDatabaseAreGrouped() {
        run("BACKUP DATABASE sales TO DISK = 'a' BACKUP DATABASE sales TO DISK = 'b' BACKUP LOG sales TO DISK = 'c' "
                + "BACKUP DATABASE simple TO DISK = 'd'");
        String from = " FROM sys.databases d LEFT JOIN msdb.dbo.backupset b ON b.database_name = d.name "
                + "WHERE d.database_id > 4 GROUP BY d.name ";
        assertEquals(List.of("it's; [odd],0", "sales,3", "simple,1"),
                run("SELECT d.name, COUNT(b.backup_set_id)" + from + "ORDER BY d.name"));
        assertEquals(List.of("sales"), run("SELECT d.name" + from + "HAVING COUNT(b.backup_set_id) > 1"));
        assertEquals(List.of("it's; [odd],1", "sales,0", "simple,0"),
                run("SELECT d.name, CASE WHEN MAX(b.backup_finish_date) IS NULL OR DATEDIFF(hour, "
                        + "MAX(b.backup_finish_date), GETDATE()) > 24 THEN 1 ELSE 0 END AS late" + from
                        + "ORDER BY d.name"));
        assertEquals(List.of("D,3", "L,1"),
                run("SELECT type, COUNT(*) AS n FROM msdb.dbo.backupset GROUP BY type ORDER BY n DESC"));
        assertEquals(List.of("D"),
                run("SELECT TOP 1 type FROM msdb.dbo.backupset GROUP BY type ORDER BY COUNT(*) DESC"));
        assertEquals(List.of("5"), run("SELECT COUNT(*) + 1 FROM msdb.dbo.backupset"));
        assertEquals(List.of("0"), run("SELECT COUNT(*) FROM msdb.dbo.backupset WHERE type = 'x'"));
        assertEquals(List.of(), run("SELECT MAX(type) FROM msdb.dbo.backupset WHERE type = 'x' GROUP BY name"));
        assertTrue(run("SELECT name, COUNT(*) FROM sys.databases").getFirst().startsWith("8120 "));
        assertTrue(run("SELECT *" + from).getFirst().startsWith("8120 "));
    }

    @Test
    void parametersOfADynamicBackupAreTaken() {
        List<String> lines = run(PARAMETERS);
        assertEquals("1", lines.getLast(), lines::toString);
        assertTrue(lines.contains("100 percent processed."), lines::toString);
    }
}
