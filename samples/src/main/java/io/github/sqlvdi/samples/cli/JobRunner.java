package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.DeviceNames;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.emulator.EmulatedServer;
import io.github.sqlvdi.jdbc.BackupSetFiles;
import io.github.sqlvdi.jdbc.BrokenChainException;
import io.github.sqlvdi.jdbc.ChainRestore;
import io.github.sqlvdi.jdbc.ServerJob;
import io.github.sqlvdi.statement.DeviceOutcome;
import io.github.sqlvdi.statement.SqlStatement;
import io.github.sqlvdi.statement.Verdict;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.Pipeline;
import io.github.sqlvdi.stream.StoredStream;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Executes statements between a server and the client's devices, shows progress, handles an interruption, and reports
 * the result. The server is the emulated one or runs in another process.
 */
final class JobRunner {

    private static final String BACKUP = "Backup";
    private static final String RESTORE = "Restore";
    private static final String HONESTY =
            "The server closed all devices; whether the %s is good is what the server's statement says.";
    private static final long UNKNOWN = -1;
    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(100);
    /** Each time costs the server a query. */
    private static final Duration SERVER_INTERVAL = Duration.ofMillis(500);

    private final CommandSpec spec;
    private final Interruption interruption;
    private final JobOptions options;
    private Optional<Pipeline> pipeline = Optional.empty();

    JobRunner(CommandSpec spec, Interruption interruption, JobOptions options) {
        this.spec = spec;
        this.interruption = interruption;
        this.options = options;
    }

    /** Sets what lies between the server and the files; the caller closes it. */
    JobRunner through(Optional<Pipeline> codecs) {
        pipeline = codecs;
        return this;
    }

    /** Backs up one stream for each target; {@code mediaSize} is null for media without a limit. */
    void backup(DataStreams data, List<Path> targets, ByteSize mediaSize, boolean force)
            throws FailedException, IOException {
        EmulatedServer.Builder server = options.server().of(EmulatedServer.backup(options.setName()));
        data.open().forEach(server::source);
        backup(server.build(), data.totalSize(), targets, mediaSize, force);
    }

    /** Stores the data that a server in another process writes. */
    void backupExternally(List<Path> targets, ByteSize mediaSize, boolean force) throws FailedException {
        backup(externalStatement(BACKUP, targets.size()), UNKNOWN, targets, mediaSize, force);
        say(String.format(Locale.ROOT, HONESTY, "backup"));
    }

    private void backup(SqlStatement statement, long total, List<Path> targets, ByteSize mediaSize, boolean force)
            throws FailedException {
        DeviceJob.Builder job = DeviceJob.backup(options.setName()).config(options.request(mediaSize != null));
        targets.forEach(target -> job.device(options.deviceClass().writing(target, mediaSize, force, pipeline)));
        report(BACKUP, run(BACKUP, job, statement, total), targets);
    }

    /** Restores each backup, with all its media, into the channel with the same index. */
    void restore(List<Path> backups, List<? extends WritableByteChannel> targets) throws FailedException, IOException {
        EmulatedServer.Builder server = options.server().of(EmulatedServer.restore(options.setName()));
        targets.forEach(server::target);
        List<OptionalLong> sizes = sizes(backups);
        if (options.deviceClass() == DeviceClass.DISK && sizes.stream().allMatch(OptionalLong::isPresent)) {
            // Generated data does not say where it ends, as SQL Server's streams do.
            server.streamLengths(sizes.stream().mapToLong(OptionalLong::getAsLong).toArray());
        }
        restore(server.build(), sizes, backups);
    }

    /** Serves each backup to a server in another process. */
    void restoreExternally(List<Path> backups) throws FailedException, IOException {
        restore(externalStatement(RESTORE, backups.size()), sizes(backups), backups);
        say(String.format(Locale.ROOT, HONESTY, "restore"));
    }

    private void restore(SqlStatement statement, List<OptionalLong> sizes, List<Path> backups) throws FailedException {
        DeviceClass deviceClass = options.deviceClass();
        boolean changing = backups.stream().anyMatch(backup -> deviceClass.media(backup).size() > 1);
        DeviceJob.Builder job = DeviceJob.restore(options.setName()).config(options.request(changing));
        backups.forEach(backup -> job.device(deviceClass.reading(backup, pipeline)));
        report(RESTORE, run(RESTORE, job, statement, total(sizes)), backups);
    }

    /** Runs a statement that an SQL Server executes, and reports its result. */
    private JobResult run(String title, ServerJob job, boolean removable, long total) {
        try (ProgressDisplay display = options.progress().begin(spec, title, total)) {
            prepare(job, removable).onProgress(SERVER_INTERVAL, display);
            return job.run();
        }
    }

    private ServerJob prepare(ServerJob job, boolean removable) {
        interruption.watch(job::cancel);
        return job.with(each -> each.readAlong(options.readAlong()).config(options.request(removable))
                .configurationTimeout(options.configurationTimeout()));
    }

    /** Backs up a database of an SQL Server. */
    void backupOnServer(SqlBackupOptions server, List<Path> targets, ByteSize mediaSize, boolean force,
            Optional<JsonOutput> json) throws FailedException, IOException {
        ServerJob job = server.job(spec, () -> targets.stream()
                .map(target -> options.deviceClass().writing(target, mediaSize, force, pipeline)).toList());
        finish(BACKUP, job.setName(options.setName()), mediaSize != null, UNKNOWN, targets, json);
    }

    /** Restores a database of an SQL Server. */
    void restoreOnServer(SqlRestoreOptions server, List<Path> backups, Optional<JsonOutput> json)
            throws FailedException, BrokenChainException, IOException, SQLException {
        DeviceClass deviceClass = options.deviceClass();
        List<StoredStream> streams = deviceClass == DeviceClass.PIPE ? StoredPaths.of(backups, pipeline) : List.of();
        if (server.mayBeChain(streams) && !BackupSetFiles.areOneSet(streams)) {
            restoreChain(server.chain(spec, BackupSetFiles.group(streams)), json);
            return;
        }
        boolean changing = backups.stream().anyMatch(backup -> deviceClass.media(backup).size() > 1);
        ServerJob job = deviceClass == DeviceClass.PIPE ? server.job(spec, streams)
                : server.job(spec, deviceClass, backups);
        finish(RESTORE, job.setName(options.setName()), changing, total(sizes(backups)), backups, json);
    }

    /** Restores what is needed of the backups in a folder. */
    void restoreFromFolder(SqlRestoreOptions server, List<Path> backups, Optional<JsonOutput> json)
            throws FailedException, BrokenChainException, IOException, SQLException {
        List<IOException> unusable = new ArrayList<>();
        ChainRestore chain = server.chain(spec, ChainFiles.sets(backups, pipeline, server.database(), unusable::add));
        for (IOException reason : unusable) {
            spec.commandLine().getErr()
                    .println("sqlvdi: warning: left aside: " + SetReport.printable(FailureWords.of(reason)));
            chain.leftAside(reason);
        }
        restoreChain(chain, json);
    }

    private void finish(String title, ServerJob job, boolean removable, long total, List<Path> files,
            Optional<JsonOutput> json) throws FailedException {
        JobResult result = run(title, job, removable, total);
        json.ifPresent(each -> each
                .print(ServerJson.of(List.of(ServerJson.of(job.text(), files, result)), result.good())));
        report(title, result, files);
    }

    /** Restores backups one after the other. Each has a device set of its own, so {@code --name} is not used. */
    private void restoreChain(ChainRestore chain, Optional<JsonOutput> json)
            throws FailedException, BrokenChainException, IOException, SQLException {
        List<BackupSetFiles> sets = chain.sets();
        List<String> texts = new ArrayList<>();
        List<JobResult> results;
        try (ProgressDisplay display = options.progress().begin(spec, RESTORE, UNKNOWN)) {
            results = chain.with(job -> {
                texts.add(job.text());
                prepare(job, false).onProgress(SERVER_INTERVAL, display);
            }).run();
        }
        if (json.isPresent()) {
            List<Map<String, Object>> statements = new ArrayList<>();
            for (int set = 0; set < results.size(); set++) {
                statements.add(ServerJson.of(texts.get(set), sets.get(set).stripes(), results.get(set)));
            }
            json.get().print(ServerJson.of(statements, results.getLast().good()));
        }
        for (int set = 0; set < results.size(); set++) {
            say(String.format(Locale.ROOT, "%-8s %s", RESTORE, sets.get(set)));
            report(RESTORE, results.get(set), sets.get(set).stripes());
        }
    }

    private List<OptionalLong> sizes(List<Path> backups) throws IOException {
        List<OptionalLong> sizes = new ArrayList<>();
        for (Path backup : backups) {
            // The length of what a compressed file holds is not known before it was read.
            sizes.add(DeviceClass.isEncoded(backup) ? OptionalLong.empty() : options.deviceClass().mediaSize(backup));
        }
        return sizes;
    }

    private static long total(List<OptionalLong> sizes) {
        return sizes.stream().allMatch(OptionalLong::isPresent)
                ? sizes.stream().mapToLong(OptionalLong::getAsLong).sum()
                : UNKNOWN;
    }

    private SqlStatement externalStatement(String title, int devices) {
        String clauses = DeviceNames.of(options.setName(), devices).stream()
                .map(name -> "VIRTUAL_DEVICE = '" + name.replace("'", "''") + "'").collect(Collectors.joining(", "));
        return new ExternalStatement(() -> say(
                String.format(Locale.ROOT, "Device set %s waits for its server: execute %s DATABASE or LOG ... %s %s",
                        options.setName(), title.toUpperCase(Locale.ROOT), title.equals(BACKUP) ? "TO" : "FROM",
                        clauses)));
    }

    private JobResult run(String title, DeviceJob.Builder builder, SqlStatement statement, long total) {
        VdiProvider provider = statement instanceof ExternalStatement ? VdiProvider.AUTOMATIC : VdiProvider.EMBEDDED;
        try (ProgressDisplay display = options.progress().begin(spec, title, total)) {
            DeviceJob job = builder.provider(provider).readAlong(options.readAlong()).statement(statement)
                    .configurationTimeout(options.configurationTimeout()).onProgress(PROGRESS_INTERVAL, display)
                    .build();
            interruption.watch(job::cancel);
            return job.run();
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private void report(String title, JobResult result, List<?> files) throws FailedException {
        if (!result.good()) {
            throw failure(title, result, files);
        }
        result.unchecked().forEach(line -> spec.commandLine().getErr().println("sqlvdi: note: " + line + "."));
        int devices = result.devices().size();
        say(String.format(Locale.ROOT, "%-8s %s over %d device%s in %.2f s, %s", title,
                ByteSize.words(result.bytes()), devices, devices == 1 ? "" : "s", result.elapsed().toNanos() / 1e9,
                ByteSize.rate(result.bytes(), result.elapsed())
                        + ByteSize.stored(result.bytes(), result.storedBytes())));
        result.warnings().forEach(
                warning -> spec.commandLine().getErr().println("sqlvdi: warning: " + SetReport.printable(warning)));
    }

    private FailedException failure(String title, JobResult result, List<?> files) {
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
            lines.addAll(failures(result, files));
        }
        FailedException failure = new FailedException(String.join(System.lineSeparator() + "  ", lines));
        causes(result).forEach(failure::addSuppressed);
        return failure;
    }

    private static List<String> failures(JobResult result, List<?> files) {
        List<String> lines = new ArrayList<>();
        for (int device = 0; device < result.devices().size(); device++) {
            Object file = files.get(device);
            result.devices().get(device).failure()
                    .ifPresent(
                            failure -> lines.add(String.format(Locale.ROOT, "%s: %s", file, FailureWords.of(failure))));
        }
        result.problems().forEach(problem -> lines.add(FailureWords.of(problem)));
        result.verdict().ifPresent(verdict -> lines.addAll(FailureWords.of(verdict)));
        return lines;
    }

    private static Stream<Throwable> causes(JobResult result) {
        return Stream.concat(result.problems().stream(),
                result.devices().stream().map(DeviceOutcome::failure).flatMap(failure -> failure.stream()));
    }
}
