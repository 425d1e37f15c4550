package io.github.sqlvdi.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.testing.Patience;
import io.github.sqlvdi.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A backup to storage that is really full. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {

    private static final byte[] STREAM = TestData.bytes(2_000_000, 1);

    @TempDir
    Path folder;

    private static JobResult backup(Path target) {
        String set = TestData.setName();
        return DeviceJob.backup(set).device(target)
                .statement(EmulatedServer.backup(set).source(TestData.channel(STREAM)).build()).build().run();
    }

    private static void assertDiskFull(JobResult result) {
        assertFalse(result.good());
        assertTrue(result.failures().toString().contains("112(ERROR_DISK_FULL)"),
                () -> result.failures().toString());
    }

    @Test
    void deviceThatIsAlwaysFullIsDiskFull() {
        assertDiskFull(backup(Path.of("/dev/full")));
    }

    @Test
    void fileSystemThatFillsUpIsDiskFullAndKeepsNothing() throws Exception {
        Path mount = Files.createDirectory(folder.resolve("small"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mount.toString()),
                "a small file system can be mounted by root only; /dev/full is tested in any case");
        try {
            assertDiskFull(backup(mount.resolve("a.bak")));
            try (Stream<Path> left = Files.list(mount)) {
                assertEquals(List.of(), left.toList());
            }
        } finally {
            assertTrue(run("umount", mount.toString()));
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        return process.waitFor(Patience.SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
