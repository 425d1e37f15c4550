package io.github.sqlvdi.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.server.ServerExample;
import io.github.sqlvdi.statement.SqlStatement;
import io.github.sqlvdi.statement.Verdict;
import io.github.sqlvdi.testing.TestData;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording and the progress tell of a job. */
class JobEventsTest {

    private static final int LENGTH = 300_000;

    @TempDir
    Path folder;

    private static SqlStatement statement(String set) {
        return () -> {
            ServerExample.sendBackup(set, TestData.channel(TestData.bytes(LENGTH, 1)));
            return new Verdict(true, List.of(), OptionalLong.of(LENGTH));
        };
    }

    @Test
    void recordingHasTheJobItsDeviceAndItsStatement() throws Exception {
        String set = TestData.setName();
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            for (String event : List.of("Job", "Device", "Statement")) {
                recording.enable("io.github.sqlvdi." + event).withoutThreshold();
            }
            recording.start();
            assertTrue(
                    DeviceJob.backup(set).device(folder.resolve("a")).statement(statement(set)).build().run().good());
            recording.stop();
            recording.dump(file);
        }
        Map<String, RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .collect(Collectors.toMap(event -> event.getEventType().getName(), Function.identity()));
        RecordedEvent job = events.get("io.github.sqlvdi.Job");
        assertEquals(set, job.getString("set"));
        assertEquals(LENGTH, job.getLong("bytes"));
        assertTrue(job.getBoolean("good"));
        assertTrue(job.getLong("waitedForTarget") > 0);
        RecordedEvent device = events.get("io.github.sqlvdi.Device");
        assertEquals(set, device.getString("device"));
        assertEquals(LENGTH, device.getLong("bytes"));
        assertTrue(device.getBoolean("closed"));
        assertTrue(events.get("io.github.sqlvdi.Statement").getBoolean("good"));
        assertEquals(3, events.size());
    }

    @Test
    void progressTellsTheTimesWaited() {
        String set = TestData.setName();
        DeviceJob job = DeviceJob.backup(set).device(folder.resolve("a")).statement(statement(set)).build();
        assertTrue(job.progress().waitedForServer().isZero());
        assertTrue(job.run().good());
        assertTrue(job.progress().waitedForServer().isPositive());
        assertTrue(job.progress().waitedForTarget().isPositive());
    }
}
