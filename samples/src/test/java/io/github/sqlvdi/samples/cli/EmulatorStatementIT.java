package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.samples.cli.Launcher.Result;
import io.github.sqlvdi.samples.cli.Launcher.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sqlvdi emulator statement}: a T-SQL text in one process, the devices in this one. */
class EmulatorStatementIT {

    private static final String DIRECTORY = "io.github.sqlvdi.directory";

    @TempDir
    private Path folder;
    @TempDir
    private Path state;
    private Launcher sqlvdi;

    @BeforeEach
    void launcher() {
        Path sets = state.resolve("sets");
        sqlvdi = new Launcher(folder).with(Map.of("SQLVDI_JAVA_OPTS", "-D" + DIRECTORY + "=" + sets));
        System.setProperty(DIRECTORY, sets.toString());
    }

    @AfterEach
    void defaultDirectory() {
        System.clearProperty(DIRECTORY);
    }

    private Running statement(String text) throws Exception {
        return sqlvdi.start(List.of(), "emulator", "statement", "--generate", "sales=8M", "--folder", "kept", text);
    }

    @Test
    void backupAndRestoreAreExecutedForAClientOfAnotherProcess() throws Exception {
        Running server = statement("BACKUP DATABASE sales TO VIRTUAL_DEVICE = N'there' WITH STATS = 50");
        Path file = folder.resolve("sales.bak");
        InProcess.run("backup", "--external-server", "--name", "there", file).requireGood();
        String out = server.await().requireGood().out();
        List<String> lines = out.lines().filter(line -> !line.startsWith("Waiting for")).toList();
        assertEquals(List.of("50 percent processed.", "100 percent processed."), lines.subList(0, 2), out);
        assertTrue(lines.getLast().startsWith("BACKUP DATABASE successfully processed "), out);
        server = statement("RESTORE DATABASE copy FROM VIRTUAL_DEVICE = 'back' WITH MOVE 'sales' TO 'x', "
                + "MOVE 'sales_log' TO 'y'; SELECT name, state_desc FROM sys.databases WHERE name IN ('sales', 'copy')");
        InProcess.run("restore", "--external-server", "--name", "back", file).requireGood();
        out = server.await().requireGood().out();
        assertTrue(out.contains("RESTORE DATABASE successfully processed "), out);
        assertTrue(out.lines().toList().containsAll(
                List.of("name  state_desc", "----- ----------", "sales ONLINE", "copy  ONLINE", "(2 rows affected)")),
                out);
    }

    @Test
    void errorsArePrintedAndEndWithExitCodeOne() throws Exception {
        Result failed = InProcess.run("emulator", "statement", "--wait", "0",
                "PRINT 'begin'\nBACKUP DATABASE nowhere TO DISK = 'x'");
        assertEquals(1, failed.exitCode(), failed::toString);
        assertEquals(List.of("begin", "Msg 911, Level 16, State 11, Server SQLVDI, Line 2",
                "Database 'nowhere' does not exist. Make sure that the name is entered correctly.",
                "Msg 3013, Level 16, State 1, Server SQLVDI, Line 2", "BACKUP DATABASE is terminating abnormally."),
                failed.out().lines().toList());
        assertEquals("", failed.err());
        InProcess.run("emulator", "statement", "--wait", "0", "BACKUP DATABASE master TO VIRTUAL_DEVICE = 'nobody'")
                .requireFailure(1, "No client created the device set nobody");
        InProcess.run("emulator", "statement", "--wait", "-1", "PRINT 'x'").requireFailure(2, "--wait");
    }

    @Test
    void failedBackupLeavesNoFile() throws Exception {
        Running server =
                statement("EXEC sqlvdi.fault 'fail', 100000; BACKUP DATABASE sales TO VIRTUAL_DEVICE = 'never'");
        InProcess.run("backup", "--external-server", "--name", "never", folder.resolve("never.bak")).requireFailure(1);
        Result failed = server.await();
        assertEquals(1, failed.exitCode(), failed::toString);
        assertTrue(failed.out().contains("Msg 3203, Level 16") && failed.out().contains("Msg 3013, Level 16"),
                failed::toString);
        assertFalse(Files.exists(folder.resolve("never.bak")), "the file of a backup that failed");
    }
}
