package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.emulator.EmulatedServer;
import io.github.sqlvdi.stream.BackupJob;
import io.github.sqlvdi.stream.DeviceOutcome;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.RestoreJob;
import io.github.sqlvdi.stream.SqlMessage;
import io.github.sqlvdi.stream.Verdict;
import io.github.sqlvdi.stream.VirtualDeviceJob;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Executes statements between the emulated server and the client's devices, with progress and interruption, and says how they ended. */
final class JobRunner {

    private static final String BACKUP = "Backup";
    private static final String RESTORE = "Restore";
    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(100);

    private final CommandSpec spec;
    private final Interruption interruption;
    private final JobOptions options;

    JobRunner(CommandSpec spec, Interruption interruption, JobOptions options) {
        this.spec = spec;
        this.interruption = interruption;
        this.options = options;
    }

    /** Backs up one stream for each target; {@code mediaSize} is null for media without a limit. */
    void backup(DataStreams data, List<Path> targets, ByteSize mediaSize) throws FailedException, IOException {
        EmulatedServer.Builder server = options.server(EmulatedServer.backup(options.setName()));
        data.open().forEach(server::source);
        BackupJob.Builder job = BackupJob.builder(options.setName()).statement(server.build())
                .config(options.request(mediaSize != null));
        targets.forEach(target -> job.device(options.deviceClass().writing(target, mediaSize)));
        JobResult result;
        try (ProgressDisplay display = options.progress().begin(spec, BACKUP, data.totalSize())) {
            result = run(job.onProgress(PROGRESS_INTERVAL, display).build());
        }
        report(BACKUP, result, targets);
    }

    /** Restores each backup, with all its media, into the channel of the same place. */
    void restore(List<Path> backups, List<? extends WritableByteChannel> targets) throws FailedException, IOException {
        DeviceClass deviceClass = options.deviceClass();
        long[] sizes = new long[backups.size()];
        for (int device = 0; device < sizes.length; device++) {
            sizes[device] = deviceClass.mediaSize(backups.get(device));
        }
        EmulatedServer.Builder server = options.server(EmulatedServer.restore(options.setName()));
        targets.forEach(server::target);
        if (deviceClass == DeviceClass.DISK) {
            server.streamLengths(sizes); // a real server finds the end in the data
        }
        boolean changing = backups.stream().anyMatch(backup -> deviceClass.media(backup).size() > 1);
        RestoreJob.Builder job = RestoreJob.builder(options.setName()).statement(server.build())
                .config(options.request(changing));
        backups.forEach(backup -> job.device(deviceClass.reading(backup)));
        JobResult result;
        try (ProgressDisplay display = options.progress().begin(spec, RESTORE, LongStream.of(sizes).sum())) {
            result = run(job.onProgress(PROGRESS_INTERVAL, display).build());
        }
        report(RESTORE, result, backups);
    }

    private JobResult run(VirtualDeviceJob job) {
        interruption.watch(job);
        return job.run();
    }

    private void report(String title, JobResult result, List<Path> files) throws FailedException {
        if (!result.good()) {
            throw failure(title, result, files);
        }
        int devices = result.devices().size();
        spec.commandLine().getOut().println("%-8s %s over %d device%s in %.2f s, %s".formatted(title,
                ByteSize.words(result.bytes()), devices, devices == 1 ? "" : "s", result.elapsed().toNanos() / 1e9,
                ByteSize.rate(result.bytes(), result.elapsed())));
        spec.commandLine().getOut().flush();
    }

    private FailedException failure(String title, JobResult result, List<Path> files) {
        result.problems().stream().filter(IllegalArgumentException.class::isInstance).findFirst().ifPresent(wrong -> {
            throw new ParameterException(spec.commandLine(), FailureWords.of(wrong), wrong);
        });
        List<String> lines = new ArrayList<>();
        if (interruption.requested()) {
            lines.add(title + " interrupted: the device set was aborted, no target was kept.");
        } else {
            boolean acknowledged = result.verdict().map(Verdict::good).orElse(false);
            lines.add(
                    title + (acknowledged ? " failed after the server had finished:" : " failed, no target was kept:"));
            lines.addAll(complaints(result, files));
        }
        FailedException failure = new FailedException(String.join(System.lineSeparator() + "  ", lines));
        causes(result).forEach(failure::addSuppressed);
        return failure;
    }

    private static List<String> complaints(JobResult result, List<Path> files) {
        List<String> lines = new ArrayList<>();
        for (int device = 0; device < result.devices().size(); device++) {
            Path file = files.get(device);
            result.devices().get(device).failure()
                    .ifPresent(failure -> lines.add("%s: %s".formatted(file, FailureWords.of(failure))));
        }
        result.problems().forEach(problem -> lines.add(FailureWords.of(problem)));
        List<SqlMessage> errors = result.verdict().stream().flatMap(verdict -> verdict.messages().stream())
                .filter(SqlMessage::isError).toList();
        errors.forEach(message -> lines.add(message.toString()));
        if (!errors.isEmpty()) {
            lines.add("'sqlvdi explain %d' says more about a message.".formatted(errors.getFirst().number()));
        }
        return lines;
    }

    private static Stream<Throwable> causes(JobResult result) {
        return Stream.concat(result.problems().stream(),
                result.devices().stream().map(DeviceOutcome::failure).flatMap(failure -> failure.stream()));
    }
}
