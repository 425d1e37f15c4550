package io.github.sqlvdi.stream;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.mtf.StreamReport;
import io.github.sqlvdi.statement.DeviceOutcome;
import io.github.sqlvdi.statement.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The run of a job, on a platform thread of its own. The native waits of a job would hold the carrier of a virtual
 * thread. With a thread of its own the job can also react to an interrupt of the caller at every stage. Every wait
 * ends. The wait for the configuration ends with its time-out or with the statement. The wait for the devices ends when
 * they are closed, a short time after the end of the statement, or with an abort. A thread that does not react to an
 * abort is interrupted, and after that the job stops waiting for it. If the devices did not end well, the wait for the
 * statement has a time-out. Only while no failure happens there is no limit, because a backup may take days;
 * {@link #cancel()} ends that wait.
 *
 * <p>Every Throwable of the program's parts (devices, hooks, statement, listener) becomes a problem of the result.
 */
final class JobRun {

    /** The longest time that the server may take to close the devices after the statement has ended. */
    private static final long CLOSE_GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** The longest time that a thread may take to end after an interrupt, and a statement after its cancel. */
    private static final long LAST_GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final JobPlan plan;
    private final Semaphore changes = new Semaphore(0);
    private final StatementThread statement;
    private final List<Throwable> problems = new CopyOnWriteArrayList<>();
    private final JobTargets targets;
    private volatile List<DeviceWorker> workers = List.of();
    private volatile VirtualDeviceSet set;
    private volatile boolean cancelled;
    private volatile long begin = System.nanoTime();
    private volatile JobResult result;
    private volatile Throwable crash;
    private List<String> unchecked = List.of();
    private Optional<VdiConfig> agreed = Optional.empty();
    private Thread preparing;
    private boolean configured;
    private boolean setLeftToWorkers;

    JobRun(JobPlan plan) {
        this.plan = plan;
        this.statement = new StatementThread(plan.statement(), plan.setName(), this::statementEnded);
        this.targets = new JobTargets(plan, problems);
    }

    /**
     * Runs the job on its thread and waits for its end. An interrupt cancels the job; the interrupt status of the
     * calling thread is set again at the end.
     */
    JobResult execute() {
        begin = System.nanoTime();
        Thread job = Thread.ofPlatform().daemon().name("sqlvdi-job-" + plan.setName()).start(() -> {
            try {
                run();
            } catch (Throwable failure) { // no target is left to settle; for example no memory for the result
                crash = failure;
            }
        });
        boolean interrupted = false;
        while (true) {
            try {
                job.join();
                break;
            } catch (InterruptedException request) {
                interrupted = true;
                cancel();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (result == null) {
            throw new IllegalStateException("The job " + plan.setName() + " ended without a result", crash);
        }
        return result;
    }

    private void run() {
        JobLog log = JobLog.begin(plan);
        boolean good = false;
        try {
            if (prepareDevices() && createSet()) {
                operate();
            }
            good = judge();
        } catch (Throwable failure) { // finish() below keeps or undoes everything that was begun
            problems.add(failure);
        }
        // A backup with a good verdict is kept, even if something else failed: the server relies on it. One that lacks its
        // VDC_Complete has no end, whatever the verdict says.
        boolean confirmed = verdictGood() && !lacksComplete();
        good &= isOutcomeUnknown() ? targets.leave()
                : targets.finish(confirmed, agreed, statement.verdict(), streams());
        List<Optional<StreamReport>> streams = streams();
        List<String> warnings =
                plan.backup() && confirmed ? StreamWarnings.of(plan.deviceNames(), streams) : List.of();
        result = new JobResult(good, statement.verdict(), outcomes(), storedBytes(), problems, unchecked, elapsed(),
                streams,
                warnings);
        log.end(result, progress());
    }

    void cancel() {
        cancelled = true;
        synchronized (this) {
            if (preparing != null) {
                preparing.interrupt();
            }
        }
        abort();
        cancelStatement();
        changes.release();
    }

    JobProgress progress() {
        List<DeviceWorker> current = workers;
        List<Long> bytes = new ArrayList<>();
        Duration server = Duration.ZERO;
        Duration target = Duration.ZERO;
        for (int device = 0; device < plan.devices().size(); device++) {
            bytes.add(device < current.size() ? current.get(device).bytes() : 0L);
            server = device < current.size() ? server.plus(current.get(device).waitedForServer()) : server;
            target = device < current.size() ? target.plus(current.get(device).waitedForTarget()) : target;
        }
        return new JobProgress(elapsed(), bytes, storedBytes(), server, target, streams(), plan.statement().progress());
    }

    private long storedBytes() {
        return workers.stream().mapToLong(DeviceWorker::storedBytes).sum();
    }

    private List<Optional<StreamReport>> streams() {
        List<DeviceWorker> current = workers;
        List<Optional<StreamReport>> streams = new ArrayList<>();
        for (int device = 0; device < plan.devices().size(); device++) {
            streams.add(device < current.size() ? current.get(device).stream() : Optional.empty());
        }
        return streams;
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private boolean prepareDevices() {
        synchronized (this) {
            if (cancelled) {
                return false;
            }
            preparing = Thread.currentThread();
        }
        try {
            unchecked = targets.prepare();
            return !cancelled;
        } catch (Throwable failure) {
            problems.add(failure);
            return false;
        } finally {
            synchronized (this) {
                preparing = null;
                Thread.interrupted(); // clears the interrupt of a cancel, which has ended the preparation
            }
        }
    }

    private boolean createSet() {
        try {
            VirtualDeviceSet.Builder wanted =
                    VirtualDeviceSet.builder(plan.setName()).provider(plan.provider()).config(plan.request());
            plan.instance().ifPresent(wanted::instance);
            set = wanted.create();
            return true;
        } catch (Throwable failure) {
            problems.add(failure);
            return false;
        }
    }

    private void operate() {
        try {
            if (cancelled) { // cancelled before there was a set to abort
                return;
            }
            statement.start();
            serveDevices(awaitConfiguration());
            awaitDevices();
        } catch (Throwable failure) {
            problems.add(failure);
        } finally {
            boolean orderly = problems.isEmpty() && !cancelled && workers.stream().allMatch(DeviceWorker::closed);
            if (!orderly) {
                abort();
            }
            endDevices();
            tellStatement();
            closeSet();
            endStatement(orderly);
        }
    }

    private VdiConfig awaitConfiguration() throws JobException {
        try {
            agreed = set.awaitConfiguration(plan.configurationTimeout());
        } catch (VdiAbortedException aborted) {
            throw unconfigured(aborted);
        }
        if (agreed.isEmpty()) {
            cancelStatement();
            throw new JobException(
                    String.format(Locale.ROOT,
                            "The server did not configure the device set %s within %s: see whether the statement "
                                    + "waits for something, names this set, and runs on this computer and instance",
                            plan.setName(), plan.configurationTimeout()));
        }
        synchronized (this) {
            configured = true;
        }
        if (plan.backup() != agreed.get().isBackup()) {
            throw new JobException(String.format(Locale.ROOT, "The statement %s its devices, but this job is a %s",
                    agreed.get().isBackup() ? "writes" : "reads", plan.backup() ? "backup" : "restore"));
        }
        return agreed.get();
    }

    private JobException unconfigured(VdiAbortedException aborted) {
        return new JobException(cancelled
                ? "The job was cancelled before the server configured the device set"
                : statement.ended()
                        ? "The statement ended before the server configured the device set " + plan.setName()
                        : "The server refused to configure the device set " + plan.setName(),
                aborted);
    }

    /** Aborts the set if it is not configured: after the end of the statement no server will configure it. */
    private void statementEnded() {
        synchronized (this) {
            if (!configured) {
                abort();
            }
        }
        changes.release();
    }

    private void serveDevices(VdiConfig config) {
        List<DeviceWorker> all = new ArrayList<>();
        StripeCheck stripes = new StripeCheck(plan.deviceNames());
        for (int device = 0; device < plan.devices().size(); device++) {
            Optional<StreamTap> tap = plan.readAlong()
                    ? Optional.of(new StreamTap(plan.backup(), stripes, device)) : Optional.empty();
            all.add(new DeviceWorker(set, plan.deviceNames().get(device), plan.devices().get(device), config, tap,
                    this::workerEnded));
        }
        workers = List.copyOf(all);
        workers.forEach(DeviceWorker::start);
    }

    private void workerEnded() {
        synchronized (this) {
            if (setLeftToWorkers && workersEnded()) {
                set.close();
            }
        }
        changes.release();
    }

    private boolean workersEnded() {
        return workers.stream().allMatch(DeviceWorker::ended);
    }

    private void awaitDevices() throws JobException {
        long statementEnd = 0;
        boolean limited = false;
        long interval = plan.progressListener().isEmpty() ? Long.MAX_VALUE : Nanos.of(plan.progressInterval());
        while (!workersEnded() && !cancelled) {
            if (!limited && statement.ended()) {
                limited = true;
                statementEnd = System.nanoTime();
            }
            long left = limited ? CLOSE_GRACE_NANOS - (System.nanoTime() - statementEnd) : Long.MAX_VALUE;
            if (left <= 0) {
                throw new JobException("The statement ended, but the server did not close the devices");
            }
            awaitChange(Math.min(interval, left));
            plan.progressListener().ifPresent(listener -> listener.accept(progress()));
        }
    }

    /**
     * Waits for the devices to end. Interrupts those that do not end in time, and gives up on those that do not react.
     */
    private void endDevices() {
        if (!awaitUntil(this::workersEnded, Nanos.of(plan.endTimeout()))) {
            workers.stream().filter(worker -> !worker.ended()).forEach(DeviceWorker::interrupt);
            if (!awaitUntil(this::workersEnded, lastGrace())) {
                workers.stream().filter(worker -> !worker.ended()).forEach(worker -> problems.add(new JobException(
                        String.format(Locale.ROOT,
                                "Device %s does not end: its channel or hook reacts neither to the abort nor to an "
                                        + "interrupt",
                                worker.name()))));
            }
        }
    }

    private long lastGrace() {
        return Math.min(LAST_GRACE_NANOS, Nanos.of(plan.endTimeout()));
    }

    private void tellStatement() {
        try {
            plan.statement().devicesEnded(outcomes());
        } catch (Throwable failure) {
            problems.add(failure);
        }
    }

    private void cancelStatement() {
        try {
            plan.statement().cancel();
        } catch (Throwable failure) {
            problems.add(failure);
        }
    }

    /**
     * Closes the set. If a device's thread has not ended, it may still use the buffers; then the last such thread
     * closes the set later.
     */
    private void closeSet() {
        synchronized (this) {
            if (!workersEnded()) {
                setLeftToWorkers = true;
                return;
            }
        }
        try {
            set.close();
        } catch (RuntimeException failure) {
            problems.add(failure);
        }
    }

    private void endStatement(boolean orderly) {
        while (orderly && !statement.ended() && !cancelled) { // no limit: a restore may recover the database for hours
            awaitChange(Long.MAX_VALUE);
        }
        if (!statement.started() || awaitUntil(statement::ended, Nanos.of(plan.endTimeout()))) {
            return;
        }
        cancelStatement();
        if (!awaitUntil(statement::ended, lastGrace())) {
            statement.interrupt();
            if (!awaitUntil(statement::ended, lastGrace())) {
                problems.add(
                        new JobException(String.format(Locale.ROOT,
                                "The statement did not end within %s and reacts neither to its cancel nor ",
                                plan.endTimeout()) + "to an interrupt: its outcome is unknown"));
            }
        }
    }

    private boolean judge() {
        statement.failure().ifPresent(problems::add);
        boolean devicesGood = !workers.isEmpty() && outcomes().stream().allMatch(DeviceOutcome::good);
        if (problems.isEmpty() && devicesGood && verdictGood()) {
            if (!lacksComplete()) {
                return true;
            }
            problems.add(
                    new JobException("The server agreed to send VDC_Complete and closed the devices without it: the "
                            + "backup is not complete. Read the results of the statement to their end; a statement whose results "
                            + "are dropped is cancelled"));
        }
        workers.forEach(worker -> worker.refusal().ifPresent(words -> problems.add(new JobException(words))));
        if (cancelled) {
            problems.add(new JobException("The job was cancelled"));
        } else if (problems.isEmpty() && workers.stream().anyMatch(worker -> !worker.closed())
                && outcomes().stream().allMatch(outcome -> outcome.failure().isEmpty())) {
            problems.add(new JobException("The server aborted the device set, or its process ended"));
        }
        return false;
    }

    /**
     * Whether the server has ended a backup before its VDC_Complete. The devices of a cancelled statement may be closed in
     * an orderly way. Whether each device gets the command, or one of the set, and whether one of a snapshot does, is not
     * known (VDI reference 17).
     */
    private boolean lacksComplete() {
        int features = agreed.map(VdiConfig::features).orElse(0);
        return plan.backup() && (features & Features.COMPLETE_ENABLED) != 0
                && (features & Features.SNAPSHOT_PREPARE) == 0
                && workers.stream().noneMatch(DeviceWorker::completed);
    }

    private boolean verdictGood() {
        return statement.verdict().map(Verdict::good).orElse(false);
    }

    /**
     * Returns whether the statement may have succeeded without an answer: the answer was lost, or the statement reacts to
     * nothing and goes on.
     */
    private boolean isOutcomeUnknown() {
        return statement.isOutcomeUnknown() || statement.started() && !statement.ended();
    }

    private List<DeviceOutcome> outcomes() {
        return workers.stream().map(DeviceWorker::outcome).toList();
    }

    private void abort() {
        VirtualDeviceSet current = set;
        if (current != null) {
            current.abort();
        }
    }

    private boolean awaitUntil(BooleanSupplier condition, long nanos) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            long left = nanos - (System.nanoTime() - start);
            if (left <= 0) {
                return false;
            }
            awaitChange(left);
        }
        return true;
    }

    /**
     * Waits until a device or the statement ends, the job is cancelled, or the time is over. An interrupt of this
     * thread cancels the job.
     */
    private void awaitChange(long nanos) {
        try {
            if (changes.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                changes.drainPermits();
            }
        } catch (InterruptedException request) {
            cancel();
        }
    }
}
