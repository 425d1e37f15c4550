package io.github.sqlvdi.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.statement.OutcomeUnknownException;
import io.github.sqlvdi.statement.SqlStatement;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.MediaCapacity;
import io.github.sqlvdi.stream.MediaFiles;
import io.github.sqlvdi.testing.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Media whose backup was complete when the answer of the server was lost: the server may have truncated its log. */
class UnknownOutcomeMediaTest {

    private static final int MANY = 1_000;
    private static final VdiConfig REMOVABLE_DISK =
            VdiConfig.builder().features(Features.LIKE_DISK | Features.REMOVABLE).build();

    private final byte[] stream = TestData.bytes(1_000_003, 1);
    private final String set = TestData.setName();

    @TempDir
    private Path folder;

    private JobResult backup(VdiConfig config, JobDevice device, boolean supportsComplete) {
        EmulatedServer server = EmulatedServer.backup(set).source(TestData.channel(stream))
                .supportsComplete(supportsComplete).build();
        SqlStatement lost = () -> {
            assertTrue(server.execute().good());
            throw new OutcomeUnknownException("the answer was lost", null);
        };
        return DeviceJob.backup(set).config(config).device(device).statement(lost).build().run();
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @Test
    void completeDisksStayUnderNamesThatDoNotLookGood() throws IOException {
        JobResult result = backup(REMOVABLE_DISK,
                JobDevice.disk(MediaFiles.writing(folder.resolve("disk"), MANY), MediaCapacity.of(300_000)), true);
        assertFalse(result.good());
        List<Path> left = left();
        assertEquals(4, left.size(), left::toString);
        assertTrue(left.stream().allMatch(file -> file.toString().contains(".unconfirmed-")), left::toString);
        for (Path file : left) {
            assertTrue(result.failures().toString().contains(file.getFileName().toString()), result::toString);
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (String name : List.of("disk.u", "disk.2.u", "disk.3.u", "disk.4.u")) {
            joined.write(Files.readAllBytes(left.stream()
                    .filter(file -> file.getFileName().toString().startsWith(name)).findFirst().orElseThrow()));
        }
        assertArrayEquals(stream, joined.toByteArray());
    }

    @Test
    void completeTapesStayToo() throws IOException {
        VdiConfig tape = VdiConfig.builder().features(Features.LIKE_TAPE).build();
        assertFalse(backup(tape,
                JobDevice.tape(MediaFiles.writing(folder.resolve("tape"), MANY), MediaCapacity.of(300_000)), true)
                .good());
        assertTrue(left().size() >= 4 && left().stream().allMatch(file -> file.toString().contains(".unconfirmed-")),
                () -> folder.toString());
    }

    /** Without VDC_Complete nothing says that the stream has its end. */
    @Test
    void mediaThatAreNotFinishedAreRemoved() throws IOException {
        assertFalse(backup(REMOVABLE_DISK,
                JobDevice.disk(MediaFiles.writing(folder.resolve("disk"), MANY), MediaCapacity.of(300_000)), false)
                .good());
        assertEquals(List.of(), left());
    }
}
