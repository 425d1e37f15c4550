package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.stream.BackupTarget;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.SnapshotHooks;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One execution of a {@link SnapshotBackup}. The calling thread watches the times, a thread executes the action, and each
 * database has a job.
 */
final class SnapshotRun {

    private static final String CANCELLED = "The snapshot was cancelled";

    private final FreezeBarrier barrier;
    private final Duration endTimeout;
    private final Map<String, DeviceJob> jobs = new LinkedHashMap<>();
    private final Map<String, CompletableFuture<JobResult>> results = new LinkedHashMap<>();

    SnapshotRun(FreezeBarrier barrier, Duration endTimeout) {
        this.barrier = barrier;
        this.endTimeout = endTimeout;
    }

    void add(String database, BackupPlan plan, BackupTarget target, Consumer<ServerJob> settings) {
        SnapshotHooks hooks = new SnapshotHooks() {
            @Override
            public void prepareToFreeze() throws IOException, InterruptedException {
                barrier.awaitFreeze(database);
            }

            @Override
            public void snapshot() throws IOException, InterruptedException {
                barrier.awaitThaw(database);
            }

            @Override
            public void mountSnapshot() throws IOException {
                throw new IOException("a backup mounts no snapshot");
            }
        };
        ServerJob job = plan.to(List.of(JobDevice.toTarget(target, hooks)))
                .with(each -> each.config(VdiConfig.builder().features(Features.SNAPSHOT_PREPARE).build())
                        .endTimeout(endTimeout));
        settings.accept(job);
        // A server that says something final before the thaw has failed, also if the job hears of it much later.
        jobs.put(database, job.build(new StatementWatch(List.of(),
                words -> barrier.fail(String.format(Locale.ROOT, "%s: %s", database, words)))));
    }

    SnapshotResults execute(SnapshotAction action) {
        jobs.forEach((database, job) -> {
            CompletableFuture<JobResult> result = new CompletableFuture<>();
            results.put(database, result);
            Thread.ofVirtual().name("sqlvdi-snapshot-" + database).start(() -> run(database, job, result));
        });
        boolean interrupted = false;
        try {
            if (barrier.awaitAllFrozen()) {
                act(action);
            }
        } catch (InterruptedException request) {
            interrupted = true;
            barrier.fail(CANCELLED);
        }
        interrupted |= end();
        Map<String, JobResult> ended = new LinkedHashMap<>();
        Map<String, Throwable> failures = new LinkedHashMap<>();
        results.forEach((database, result) -> result.handle((value, failure) -> failure == null
                ? ended.put(database, value) : failures.put(database, failure)));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return new SnapshotResults(ended, failures, barrier.failure(), barrier.frozenFor());
    }

    private void run(String database, DeviceJob job, CompletableFuture<JobResult> result) {
        try {
            JobResult ended = job.run();
            barrier.fail(String.format(Locale.ROOT, "%s: %s", database,
                    ended.good() ? "The server ended the backup without its snapshot"
                            : String.join("; ", ended.failures())));
            result.complete(ended);
        } catch (Throwable failure) {
            barrier.fail(String.format(Locale.ROOT, "%s: %s", database, failure));
            result.completeExceptionally(failure);
        }
    }

    /** Executes the action while all databases are frozen. A failure interrupts it: its snapshot would be of no use. */
    private void act(SnapshotAction action) throws InterruptedException {
        Thread thread = Thread.ofPlatform().daemon().name("sqlvdi-snapshot-action").start(() -> {
            try {
                action.take();
                barrier.thaw();
            } catch (Throwable failure) {
                barrier.fail("The action failed: " + failure);
            }
        });
        try {
            barrier.awaitAction();
        } catch (InterruptedException request) {
            barrier.fail(CANCELLED); // before the action is interrupted, whose failure would be named as the reason
            throw request;
        } finally {
            thread.interrupt(); // without effect on an action that has ended
        }
    }

    /** Waits for the jobs, and cancels those that do not end. Returns whether this thread was interrupted. */
    private boolean end() {
        if (barrier.failure().isPresent()) {
            // A device that waits gets its refusal, so that its server thaws in an orderly way. The others are stopped.
            jobs.forEach((database, job) -> {
                if (!barrier.isWaiting(database) && !results.get(database).isDone()) {
                    job.cancel();
                }
            });
        }
        CountDownLatch ended = new CountDownLatch(results.size());
        results.values().forEach(result -> result.whenComplete((value, failure) -> ended.countDown()));
        boolean interrupted = false;
        Optional<Long> limit = Optional.of(System.nanoTime() + endTimeout.toNanos());
        while (ended.getCount() > 0) {
            try {
                if (limit.isEmpty()) {
                    ended.await(); // a cancelled job ends
                } else if (!ended.await(limit.get() - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    limit = Optional.empty();
                    jobs.values().forEach(DeviceJob::cancel);
                }
            } catch (InterruptedException request) {
                interrupted = true;
                limit = Optional.empty();
                jobs.values().forEach(DeviceJob::cancel);
            }
        }
        return interrupted;
    }
}
