package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.samples.cli.Launcher.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** README's first command, and the same with real backups. */
class DemoIT {

    @TempDir
    private Path folder;

    @Test
    void defaultDemoPrintsRateAndIdenticalAndNothingOnStandardError() throws Exception {
        Result result = new Launcher(folder).run("demo", "--directory", folder).requireGood();
        assertTrue(result.out().contains("identical: 268,435,456 bytes compared"), result.out());
        assertTrue(result.out().matches("(?s).*Backup +256\\.0 MiB over 2 devices in [0-9.]+ s, [0-9.]+ [KMG]iB/s.*"),
                result.out());
        assertEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipe", "tape", "disk"})
    void everyClassOfDeviceGivesTheDataBack(String deviceClass) throws Exception {
        demo("16 MiB on 64 devices", "--size", "16M", "--devices", 64, "--transfer-size", "64K", "--class",
                deviceClass);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipe", "tape", "disk", "tape --media-size 300000", "disk --media-size 300000"})
    void realBackupsComeBackByteForByte(String deviceClass) throws Exception {
        assumeTrue(Launcher.realBackups().isPresent(), "no folder of real backups: set sqlvdi.backups to it");
        Path backups = Launcher.realBackups().orElseThrow();
        String[] options = ("--class " + deviceClass).split(" ");
        for (List<String> files : List.of(List.of("striped-2008r2.0.bak", "striped-2008r2.1.bak"),
                List.of("full-2008r2.bak"), List.of("diff.bak"), List.of("log.trn"), List.of("full-compressed.bak"))) {
            Stream<Object> arguments = Stream.concat(Stream.of((Object[]) options),
                    files.stream().flatMap(file -> Stream.of("--files", backups.resolve(file))));
            String out = demo(files.toString(), arguments.toArray());
            assertTrue(out.contains(String.format(Locale.ROOT, "over %d device", files.size())), out);
            assertTrue(out.contains(String.format(Locale.ROOT, "identical: %,d bytes", size(backups, files))), out);
        }
    }

    @Test
    void folderWithoutRoomIsRefusedBeforeTheBackup() throws Exception {
        InProcess.run("demo", "--size", "7000000G", "--directory", folder)
                .requireFailure(1, "has room for", "--size less");
        assertEmpty();
    }

    private String demo(String what, Object... options) throws Exception {
        Result result = InProcess.run(
                Stream.concat(Stream.of("demo", "--directory", folder), Stream.of(options)).toArray()).requireGood();
        assertTrue(result.out().contains("identical"), what + ": " + result.out());
        assertEmpty();
        return result.out();
    }

    private static long size(Path backups, List<String> files) throws IOException {
        long size = 0;
        for (String file : files) {
            size += Files.size(backups.resolve(file));
        }
        return size;
    }

    private void assertEmpty() throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList(), "left behind");
        }
    }
}
