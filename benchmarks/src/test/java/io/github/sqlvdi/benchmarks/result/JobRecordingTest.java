package io.github.sqlvdi.benchmarks.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.emulator.EmulatedServer;
import io.github.sqlvdi.storage.Gzip;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobException;
import io.github.sqlvdi.stream.Pipeline;
import io.github.sqlvdi.stream.TargetFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A recording of real jobs is read. */
class JobRecordingTest {

    private static final int BYTES = 1 << 20;
    private static final long SLOW_MILLIS = 50;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("production.jfr");
    }

    @Test
    void theStagesOfAJobAddUpToItsTime() throws Exception {
        try (Recording recording = new Recording()) {
            recording.start();
            backup(new Slow(0));
            backup(new Slow(0), new Slow(SLOW_MILLIS));
            recording.dump(file);
        }
        List<RecordedJob> jobs = JobRecording.jobs(file);
        assertEquals(List.of(1, 2), jobs.stream().map(RecordedJob::devices).toList());
        for (RecordedJob job : jobs) {
            assertTrue(job.good() && job.backup());
            assertEquals((long) job.devices() * BYTES, job.bytes());
            double sum = job.stages().values().stream().mapToDouble(Double::doubleValue).sum();
            assertEquals(job.seconds(), sum, job.seconds() / 100, job::toString);
        }
        double target = jobs.getLast().stages().get("waited for target");
        // One of two devices slept once for each of its 16 writes; the figure is the mean of both.
        assertTrue(target >= 16 * SLOW_MILLIS / 2 / 1e3, jobs::toString);
    }

    @Test
    void theWaitForACodecIsAStageOfItsOwn() throws Exception {
        String name = "recorded-" + UUID.randomUUID();
        byte[] stream = new byte[BYTES];
        new Random(1).nextBytes(stream);
        try (Recording recording = new Recording();
                Pipeline pipeline = Pipeline.builder().codec(Gzip.level(9)).build()) {
            recording.start();
            DeviceJob.backup(name).provider(VdiProvider.EMBEDDED).manifest(false)
                    .device(JobDevice.toTarget(TargetFile.create(folder.resolve("sales.bak.gz")), pipeline))
                    .statement(EmulatedServer.backup(name).provider(VdiProvider.EMBEDDED)
                            .source(Channels.newChannel(new ByteArrayInputStream(stream))).build())
                    .build().run().orThrow();
            recording.dump(file);
        }
        RecordedJob job = JobRecording.jobs(file).getFirst();
        assertTrue(job.stages().get("waited for codec") > 0, job::toString);
        double sum = job.stages().values().stream().mapToDouble(Double::doubleValue).sum();
        assertEquals(job.seconds(), sum, job.seconds() / 100, job::toString);
    }

    @Test
    void theReportDrawsARecording() throws Exception {
        try (Recording recording = new Recording()) {
            recording.start();
            backup(new Slow(0));
            backup(new Slow(0));
            recording.dump(file);
        }
        Path page = folder.resolve("report.html");
        assertEquals(0, new CommandLine(new ReportCommand()).execute(file.toString(), "-o", page.toString()));
        String content = Files.readString(page);
        assertTrue(content.contains("flight recording production.jfr: 2 jobs, 0 of them not good"), content);
        assertTrue(content.contains(">waited for server</text>") && content.contains(">waited for target</text>"),
                content);
        Measurement rate = Results.read(List.of(file)).find("jobs of a recording", "backup", Map.of("devices", "1"))
                .orElseThrow();
        assertEquals("GB/s", rate.unit());
    }

    @Test
    void aRecordingWithoutJobsIsRefusedWithItsName() throws Exception {
        try (Recording recording = new Recording()) {
            recording.start();
            recording.dump(file);
        }
        assertTrue(assertThrows(IOException.class, () -> ResultFile.read(file)).getMessage()
                .contains("production.jfr has 0 jobs"));
    }

    @Test
    void aDamagedRecordingIsRefused() throws Exception {
        Files.write(file, new byte[]{'F', 'L', 'R', 0, 0, 2, 0, 0, 1, 2, 3});
        assertThrows(IOException.class, () -> ResultFile.read(file));
    }

    private static void backup(Slow... channels) throws JobException {
        String name = "recorded-" + UUID.randomUUID();
        DeviceJob.Builder job = DeviceJob.backup(name).provider(VdiProvider.EMBEDDED);
        EmulatedServer.Builder statement = EmulatedServer.backup(name).provider(VdiProvider.EMBEDDED);
        for (Slow channel : channels) {
            job.device(JobDevice.toChannel(channel));
            statement.source(Channels.newChannel(new ByteArrayInputStream(new byte[BYTES])));
        }
        job.statement(statement.build()).build().run().orThrow();
    }

    /** Takes its time for each write. */
    private record Slow(long millis) implements WritableByteChannel {

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            try {
                TimeUnit.MILLISECONDS.sleep(millis);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            int count = bytes.remaining();
            bytes.position(bytes.limit());
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
