package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Mistakes on the command line end with code 2 and say which word is wrong; explanations are printed. */
class CommandLineTest {

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        CommandLine line = SqlVdi.commandLine(new Interruption());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "surplus                                   | Unmatched argument",
        "bakup                                     | Did you mean: sqlvdi backup?",
        "backup out                                | (-f=DATA",
        "backup --generate 1M                      | Missing required parameter: 'BACKUP'",
        "backup --generate 1M --from x out         | mutually exclusive",
        "backup --generate many out                | 'many' is no size",
        "backup --generate 1M --transfer-size 100K out | --transfer-size is 102,400 bytes: expected a multiple of 64K",
        "backup --generate 1M --transfer-size 0 out    | --transfer-size is 0 bytes",
        "backup --generate 1M --transfer-size 8M out   | from 64K to 4M",
        "backup --generate 1M --buffers 0 out      | --buffers is 0: expected 1 or more",
        "backup --generate 1M --devices 65 out     | 65 devices: expected 1 to 64",
        "backup --generate 1M --devices 0 out      | 0 devices: expected 1 to 64",
        "backup --generate 1M --devices 3 a b      | 3 devices, but 2 backup files",
        "backup --from a --from b out              | 1 device, but 2 --from files",
        "backup --generate 1M --class cd out       | expected one of",
        "backup --generate 1M --media-size 1M out  | --media-size needs --class tape or disk",
        "backup --generate 1M --class tape --media-size 100 out | --media-size is 100 bytes: expected at least 512",
        "backup --generate 1M --class disk --media-size 511 out | --media-size is 511 bytes: expected at least 512",
        "restore in                                | (-o=DATA",
        "restore in --to a --to b                  | 1 device, but 2 --to files",
        "restore --external-server --to a in       | mutually exclusive",
        "backup --external-server --buffers 5 out  | --buffers belongs to the server",
        "backup --external-server --transfer-size 64K out | --transfer-size belongs to the server",
        "backup --generate 1M --wait 0 out         | --wait is 0: expected 1 second or more",
        "emulator                                  | expected one of backup, restore",
        "emulator backup data                      | Missing required option: '--name=NAME'",
        "emulator backup --name n                  | (DATA...",
        "emulator backup --name a\\\\b data          | expected 1 to 260 characters without a backslash",
        "emulator backup --name n --wait -1 data   | --wait is -1: expected 0 or more seconds",
        "emulator backup --name n --buffers 0 data | --buffers is 0: expected 1 or more",
        "emulator backup --name n -d 2 data        | 2 devices, but 1 files",
        "emulator restore --name n                 | Missing required parameter: 'DATA'",
        "emulator restore --name n --length 1 a b  | 2 devices, but 1 --length sizes",
        "sets --watch 0                            | --watch is 0: expected 1 second or more",
        "sets --dump n --watch                     | --dump and --watch: expected one of them",
        "multiprocess --devices 65                 | 65 devices: expected 1 to 64",
        "multiprocess --share nothing              | expected one of",
        "demo --devices 65                         | 65 devices: expected 1 to 64",
        "demo surplus                              | Unmatched argument at index 1: 'surplus'",
        "inspect                                   | Missing required parameter: 'FILE'",
        "inspect --jason file                      | Unknown option: '--jason'",
        "explain                                   | Missing required parameter: 'CODE'"})
    void mistakeIsNamedAndEndsWithTwo(String arguments, String message) {
        assertEquals(2, execute(arguments.split(" ")), err.toString());
        assertTrue(err.toString().contains(message), err.toString());
        assertTrue(err.toString().contains("--help'"), err.toString());
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup -g 1M -d 2 out", "restore a b --to c --to d"})
    void nameThatLeavesNoRoomForThoseOfTheDevicesIsAMistake(String command) {
        String name = "n".repeat(260);
        assertEquals(2, execute((command + " --name " + name).split(" ")), err.toString());
        assertTrue(err.toString().contains("the name of device 2 has 261 characters: expected 1 to 260"),
                err.toString());
    }

    @Test
    void commandIsNeeded() {
        assertEquals(2, execute());
        assertTrue(
                err.toString().contains(
                        "expected one of backup, restore, demo, emulator, server, header, files, verify, sets, multiprocess, "),
                err.toString());
    }

    @Test
    void commandThatIsNamedIsTheOnlyOneThatIsMade() {
        Map<String, CommandLine> all = SqlVdi.commandLine(new Interruption()).getSubcommands();
        all.forEach((name, command) -> {
            assertEquals(name, command.getCommandName());
            Set<String> made = SqlVdi.commandLine(new Interruption(), "--stacktrace", name, "backup").getSubcommands()
                    .keySet();
            assertEquals(Set.of(name), made);
        });
        for (String other : List.of("--help", "bakup", "@file", "")) {
            assertEquals(all.keySet(), SqlVdi.commandLine(new Interruption(), other).getSubcommands().keySet(), other);
        }
    }

    @Test
    void sixtyFiveFilesAreTooMany() {
        String[] arguments = Stream.concat(Stream.of("backup", "--generate", "1M"),
                IntStream.rangeClosed(1, 65).mapToObj(file -> folder.resolve("f" + file).toString()))
                .toArray(String[]::new);
        assertEquals(2, execute(arguments));
        assertTrue(err.toString().contains("65 devices: expected 1 to 64"), err.toString());
    }

    @Test
    void oneFileForTwoPurposesIsRefused() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertEquals(1, execute("backup", "--from", file.toString(), "--force", file.toString()));
        assertTrue(err.toString().contains("is named twice"), err.toString());
        String twice = folder.resolve("out").toString();
        assertEquals(1, execute("backup", "--generate", "1M", twice, twice));
        assertEquals(1, execute("backup", "--generate", "1M", folder.toString()));
        assertTrue(err.toString().contains("is a folder"), err.toString());
        assertEquals(List.of(file), list());
    }

    private List<Path> list() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"0x80770004,VD_E_ABORT", "-2139684860,VD_E_ABORT", "2155282436,VD_E_ABORT", "vd_e_abort,0x80770004",
        "995,ERROR_OPERATION_ABORTED", "handle_eof,ERROR_HANDLE_EOF", "3013,Msg 3013"})
    void codeIsExplained(String code, String expected) {
        assertEquals(0, execute("explain", code), err.toString());
        assertTrue(out.toString().contains(expected), out.toString());
        assertTrue(out.toString().contains("What to do:"), out.toString());
    }

    @Test
    void unknownNameIsAFailureThatLeavesTheOthersExplained() {
        assertEquals(1, execute("explain", "VD_E_NONSENSE", "995"));
        assertTrue(err.toString().contains("No code is called \"VD_E_NONSENSE\""), err.toString());
        assertTrue(out.toString().contains("ERROR_OPERATION_ABORTED"), out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "backup --help", "restore --help", "demo --help", "explain --help", "--version",
        "inspect --help", "emulator --help", "emulator backup --help", "emulator restore --help", "sets --help",
        "multiprocess --help"})
    void helpIsNoMistake(String arguments) {
        assertEquals(0, execute(arguments.split(" ")));
        assertEquals("", err.toString());
        assertTrue(out.toString().contains("sqlvdi"), out.toString());
    }
}
