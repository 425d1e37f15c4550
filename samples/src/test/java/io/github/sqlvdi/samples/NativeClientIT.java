package io.github.sqlvdi.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.samples.NativeClient.Ended;
import io.github.sqlvdi.testing.Patience;
import io.github.sqlvdi.testing.QuickJvm;
import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A C++ client that starts {@code sqlcmd} for its statement, as SQL Server's users wrote theirs: the samples'
 * {@code sqlcmd} brings the statement to the emulated server, and {@code libsqlvdi.so} brings the data.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "libsqlvdi.so is for Linux")
class NativeClientIT {

    private static final Path JAR = Path.of("target", "sqlvdi.jar").toAbsolutePath();
    private static final String PATH = System.getenv("PATH");

    @TempDir
    private static Path built;
    private static Path dump;

    @TempDir
    private Path folder;
    private NativeClient client;
    private Process server;

    @BeforeAll
    static void build() throws Exception {
        assumeTrue(
                Stream.of(PATH.split(File.pathSeparator)).anyMatch(each -> Files.isExecutable(Path.of(each, "tsql"))),
                "FreeTDS's tsql is not installed (Debian: freetds-bin)");
        NativeBuild.linux(built);
        dump = NativeBuild.program(built, Path.of("src/test/native/dump.cpp"));
        Files.copy(Path.of("src/main/c/sqlcmd"), Files.createDirectory(built.resolve("bin")).resolve("sqlcmd"));
    }

    @BeforeEach
    void startServer() throws Exception {
        client = new NativeClient(folder, JAR);
        List<String> command = new ArrayList<>(QuickJvm.command());
        command.addAll(List.of("-Dio.github.sqlvdi.directory=" + client.sets(), "--enable-native-access=ALL-UNNAMED",
                "-jar", JAR.toString(), "server", "--port", "0", "--generate", "sales=8M"));
        server = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader lines = server.inputReader();
        String listening = CompletableFuture.supplyAsync(() -> lines.lines().filter(line -> line.contains("port "))
                .findFirst().orElse("the server ended")).get(Patience.SECONDS, TimeUnit.SECONDS);
        client.with("SQLCMDPORT", listening.replaceFirst(".*port ", "")).with("SQLCMDUSER", "sa")
                .with("SQLCMDPASSWORD", "Emulated#1").with("PATH", built.resolve("bin") + File.pathSeparator + PATH);
    }

    @AfterEach
    void endServer() throws InterruptedException {
        server.destroyForcibly().waitFor();
    }

    @Test
    void statementOfSqlcmdFindsTheSetOfItsClient() throws Exception {
        Ended backup = client.run(dump, "backup", "sales", "sales.bak");
        assertEquals(0, backup.exitCode(), backup::toString);
        assertEquals("", backup.errors());
        assertTrue(backup.out().contains("BACKUP DATABASE successfully processed"), backup.out());
        assertTrue(backup.out().endsWith("set ended with 0x8077000E, sqlcmd with 0\n"), backup.out());
        assertTrue(Files.size(folder.resolve("sales.bak")) > 8 << 20, "the file holds the database");

        Ended restore = client.run(dump, "restore", "sales", "sales.bak");
        assertEquals(0, restore.exitCode(), restore::toString);
        assertTrue(restore.out().contains("RESTORE DATABASE successfully processed"), restore.out());

        Ended again = client.run(dump, "backup", "sales", "again.bak");
        assertEquals(0, again.exitCode(), again::toString);
        assertEquals(Files.size(folder.resolve("sales.bak")), Files.size(folder.resolve("again.bak")));
    }

    @Test
    void damagedFileIsRefusedByTheServerAndTheClientIsTold() throws Exception {
        assertEquals(0, client.run(dump, "backup", "sales", "sales.bak").exitCode());
        byte[] bytes = Files.readAllBytes(folder.resolve("sales.bak"));
        Files.write(folder.resolve("half.bak"), Arrays.copyOf(bytes, bytes.length / 2));
        Ended restore = client.run(dump, "restore", "sales", "half.bak");
        assertEquals(1, restore.exitCode(), restore::toString);
        assertTrue(restore.out().contains("RESTORE DATABASE is terminating abnormally"), restore.out());
        assertTrue(restore.out().endsWith("sqlcmd with 1\n"), restore.out());
    }

    @Test
    void statementThatFailsEndsTheClientsWait() throws Exception {
        Ended ended = client.run(dump, "backup", "nothing", "nothing.bak");
        assertEquals(1, ended.exitCode(), ended::toString);
        assertTrue(ended.out().contains("Msg 911 "), ended.out());
        assertTrue(ended.out().endsWith("set ended with 0x80770004, sqlcmd with 1\n"), ended.out());
    }

    @Test
    void clientWithoutSqlcmdEndsItsWaitToo() throws Exception {
        Ended ended = client.with("PATH", folder.toString()).run(dump, "backup", "sales", "sales.bak");
        assertEquals(1, ended.exitCode(), ended::toString);
        assertTrue(ended.out().endsWith("set ended with 0x80770004, sqlcmd with 127\n"), ended.out());
    }
}
