package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.samples.cli.Launcher.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user of Windows expects of a command line: its paths, its letters, its exit codes, its folders. */
@EnabledOnOs(OS.WINDOWS)
class WindowsHabitsIT {

    private static final String LETTERS = "Sicherung ü ñ 備份 😀";

    @TempDir
    private Path folder;
    private Launcher sqlvdi;

    @BeforeEach
    void launcher() {
        sqlvdi = new Launcher(folder);
    }

    /** A backup to this name, and its restore, byte for byte; the file is there under its other name. */
    private void roundTrip(String name, Path file) throws Exception {
        Path data = Files.write(folder.resolve("data"), LETTERS.repeat(5_000).getBytes(StandardCharsets.UTF_8));
        sqlvdi.run("backup", "--force", "--from", data, name).requireGood();
        assertEquals(-1, Files.mismatch(data, file));
        sqlvdi.run("restore", "--force", name, "--to", name + ".restored").requireGood();
        assertEquals(-1, Files.mismatch(data, file.resolveSibling(file.getFileName() + ".restored")));
    }

    @Test
    void pathsMayHaveDriveLettersBackslashesAndSlashes() throws Exception {
        Path below = Files.createDirectory(folder.resolve("sub folder"));
        Path file = below.resolve("a.bak");
        assertTrue(file.toString().matches("[A-Z]:\\\\.*\\\\sub folder\\\\a\\.bak"), file.toString());
        roundTrip(file.toString(), file);
        roundTrip(file.toString().replace('\\', '/'), file);
        roundTrip("sub folder\\a.bak", file);
        roundTrip(".\\sub folder/../sub folder\\a.bak", file);
        roundTrip(file.toString().substring(2), file); // from the root of this drive
    }

    @Test
    void pathsMayBeLongerThan260Characters() throws Exception {
        Path deep = folder;
        while (deep.toString().length() < 400) {
            deep = deep.resolve("a folder with a long name of which there are many");
        }
        Files.createDirectories(deep);
        roundTrip(deep.resolve("a.bak").toString(), deep.resolve("a.bak"));
    }

    @Test
    void pathsMayBeOfAShare() throws Exception {
        Path share = Path.of("\\\\localhost\\sqlvdi-test");
        assumeTrue(Files.isDirectory(share), share + " is no share of this machine");
        Path place = Files.createTempDirectory(share, "habits");
        try {
            roundTrip(place.resolve("a.bak").toString(), place.resolve("a.bak"));
        } finally {
            try (Stream<Path> files = Files.list(place)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(place);
        }
    }

    @Test
    void pathsMayBeVerbatim() throws Exception {
        roundTrip("\\\\?\\" + folder.resolve("a.bak"), folder.resolve("a.bak"));
    }

    @Test
    void namesMayHaveAnyLetters() throws Exception {
        roundTrip(LETTERS, folder.resolve(LETTERS));
    }

    @Test
    void redirectedOutputIsUtf8() throws Exception {
        sqlvdi.run("backup", "--from", LETTERS, "out").requireFailure(1, LETTERS + ": no such file");
        Result result = sqlvdi.run("backup", "--external-server", "--name", LETTERS, "--wait", 1, "out");
        assertTrue(result.out().contains("VIRTUAL_DEVICE = '" + LETTERS + "'"), result.toString());
    }

    @Test
    void dataGoesThroughPipesAndFilesOfTheInterpreter() throws Exception {
        sqlvdi.run("backup", "-g", "1M", "expected").requireGood();
        for (String line : List.of("call %S% backup -p none -g 1M - > found 2> words",
                "call %S% restore -p none --to - - < expected > found 2> words",
                "%S% backup -p none -g 1M - 2> others | %S% restore -p none --to - - > found 2> words")) {
            ProcessBuilder builder = new ProcessBuilder("cmd.exe", "/c", line).directory(folder.toFile());
            sqlvdi.prepare(builder.environment());
            builder.environment().put("S", '"' + Launcher.repository().resolve("samples\\sqlvdi.cmd").toString() + '"');
            Process interpreter = builder.redirectErrorStream(true).start();
            assertEquals("", new String(interpreter.getInputStream().readAllBytes(), StandardCharsets.UTF_8), line);
            assertEquals(0, interpreter.waitFor(), line);
            assertEquals(-1, Files.mismatch(folder.resolve("expected"), folder.resolve("found")), line);
        }
    }

    @Test
    void exitCodesArriveThroughTheScript() throws Exception {
        assertEquals(0, sqlvdi.run("explain", "995").exitCode());
        assertEquals(1, sqlvdi.run("restore", "nothing.bak", "--to", "out").exitCode());
        assertEquals(2, sqlvdi.run("demo", "--devices", "65").exitCode());
    }

    @Test
    void demoWorksInTheFolderForTemporaryFiles() throws Exception {
        Path temp = Files.createDirectory(folder.resolve("temp of ü"));
        String missing = folder.resolve("missing").toString();
        sqlvdi.with(Map.of("TMP", missing, "TEMP", missing)).run("demo", "--size", "1M")
                .requireFailure(1, missing, "is no folder", "--directory");
        String out = sqlvdi.with(Map.of("TMP", temp.toString(), "TEMP", temp.toString())).run("demo", "--size", "1M")
                .requireGood().out();
        assertTrue(out.contains("identical: 1,048,576 bytes compared"), out);
        try (Stream<Path> files = Files.list(temp)) { // the JVM and the script's interpreter have files of their own here
            List<Path> left = files.filter(file -> file.getFileName().toString().startsWith("sqlvdi")).toList();
            assertEquals(List.of(), left);
        }
    }

    @Test
    void scriptMayBeInAnyFolderOfTheCodePage() throws Exception {
        Path place = Files.createDirectories(folder.resolve("a folder (with) ü/samples/target"));
        Path samples = Launcher.repository().resolve("samples");
        Path jar = samples.resolve("target/sqlvdi.jar");
        Files.copy(jar, place.resolve("sqlvdi.jar"), StandardCopyOption.COPY_ATTRIBUTES);
        Path script = Files.copy(samples.resolve("sqlvdi.cmd"), place.resolveSibling("sqlvdi.cmd"));
        assertTrue(new Launcher(script, folder).run("explain", "995").requireGood().out()
                .contains("ERROR_OPERATION_ABORTED"));
        new Launcher(script, folder).run("restore", "nothing.bak", "--to", "out").requireFailure(1, "no such file");
    }

    @Test
    void folderOfNoJavaIsNamed() throws Exception {
        sqlvdi.with(Map.of("SQLVDI_JAVA_HOME", folder.toString())).run("explain", "995").requireFailure(1,
                folder.resolve("bin\\java.exe").toString(), "Set SQLVDI_JAVA_HOME");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_402", "17.0.15", "21"})
    void javaThatIsTooOldIsNamed(String version) throws Exception {
        Path home = Files.createDirectories(folder.resolve("a jdk (old)"));
        Files.createFile(Files.createDirectory(home.resolve("bin")).resolve("java.exe"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"nobody\"\r\nJAVA_VERSION=\"" + version + "\"\r\n");
        sqlvdi.with(Map.of("SQLVDI_JAVA_HOME", home.toString())).run("explain", "995").requireFailure(1,
                home.toString(), "is a Java " + version.split("\\.")[0], "JDK 22 or later");
        sqlvdi.with(Map.of("SQLVDI_JAVA_HOME", "", "JAVA_HOME", "", "PATH", home.resolve("bin") + ";"
                + System.getenv("PATH"))).run("explain", "995").requireFailure(1, "is a Java", "JDK 22 or later");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void lineEndsOfAFileOfArgumentsDoNotMatter(String lineEnd) throws Exception {
        Path arguments = Files.writeString(folder.resolve("arguments"),
                String.join(lineEnd, "demo", "--size", "1M", "--devices", "3", ""));
        String out = sqlvdi.run("@" + arguments).requireGood().out();
        assertTrue(out.contains("1.0 MiB over 3 devices"), out);
    }
}
