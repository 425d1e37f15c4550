package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.NameTemplate;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Backups of many databases, some at once. One that fails does not stop the others, unless that is asked for.
 * {@link SqlServer#backupAll} makes it.
 *
 * <pre>{@code
 * server.backupAll(server.databases("%")).parallel(8).plan(BackupPlan::checksum)
 *         .to(folder, "{database}.bak", 1).run();
 * }</pre>
 *
 * <p>Each backup holds a connection, and a thread for each device. Not safe for several threads at once.
 */
public final class ManyBackups {

    private static final int MOST_PARALLEL = 256;
    private static final int DEFAULT_PARALLEL = 4;

    private final SqlServer server;
    private final List<String> databases;
    private int parallel = DEFAULT_PARALLEL;
    private boolean stopping;
    private Consumer<BackupPlan> options = plan -> {
    };
    private Function<String, List<JobDevice>> devices;

    ManyBackups(SqlServer server, List<String> databases) {
        this.server = server;
        this.databases = List.copyOf(databases);
        if (databases.stream().distinct().count() < databases.size()) {
            throw new IllegalArgumentException("A database was given twice: expected each once: " + databases);
        }
    }

    /**
     * Sets how many backups run at once; the default is 4.
     *
     * @param count 1 to 256
     * @return this
     */
    public ManyBackups parallel(int count) {
        if (count < 1 || count > MOST_PARALLEL) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "parallel is %d: expected 1 to %d", count, MOST_PARALLEL));
        }
        parallel = count;
        return this;
    }

    /**
     * Sets the options of every backup.
     *
     * @param setting called for each plan
     * @return this
     */
    public ManyBackups plan(Consumer<BackupPlan> setting) {
        options = options.andThen(setting);
        return this;
    }

    /**
     * Begins no further backup after one that is not good. Those that run are finished.
     *
     * @return this
     */
    public ManyBackups stopAtFailure() {
        stopping = true;
        return this;
    }

    /**
     * Sets the devices.
     *
     * @param chosen gives new devices of a database, for each execution of its statement
     * @return this
     */
    public ManyBackups to(Function<String, List<JobDevice>> chosen) {
        devices = Objects.requireNonNull(chosen, "chosen");
        return this;
    }

    /**
     * Sets files as devices. They must not exist and appear on success.
     *
     * @param folder their folder
     * @param template the names, see {@link NameTemplate}, with <code>{database}</code> in it, and for more than one device
     *     with <code>{device}</code>
     * @param count devices of each database, 1 to 64
     * @return this
     * @throws IllegalArgumentException if the template would give two devices the same file
     */
    public ManyBackups to(Path folder, String template, int count) {
        NameTemplate names = new NameTemplate(template).requireDifferentNames(count);
        return to(database -> names.names(database, Instant.now(), count).stream()
                .map(name -> JobDevice.toFile(folder.resolve(name))).toList());
    }

    /**
     * Backs up all databases. An interrupt of this thread cancels the backups that run, and begins no other.
     *
     * @return the result of each
     * @throws IllegalStateException if no devices were given
     */
    public ManyResults run() {
        if (devices == null) {
            throw new IllegalStateException("The backups have no devices: give them with to()");
        }
        Map<String, JobResult> results = new LinkedHashMap<>();
        Map<String, Throwable> failures = new LinkedHashMap<>();
        List<String> skipped = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(parallel,
                Thread.ofPlatform().daemon().name("sqlvdi-backups-", 0).factory());
        boolean interrupted = false;
        try {
            StopSign sign = new StopSign(stopping);
            Map<String, Future<JobResult>> running = new LinkedHashMap<>();
            databases.forEach(database -> running.put(database, threads.submit(sign.guard(() -> backup(database)))));
            for (Map.Entry<String, Future<JobResult>> each : running.entrySet()) {
                while (true) {
                    try {
                        JobResult result = each.getValue().get();
                        if (result == null) {
                            skipped.add(each.getKey());
                        } else {
                            results.put(each.getKey(), result);
                        }
                        break;
                    } catch (ExecutionException failure) {
                        failures.put(each.getKey(), failure.getCause());
                        break;
                    } catch (InterruptedException request) {
                        interrupted = true;
                        sign.stop();
                    }
                }
            }
        } finally {
            threads.shutdown();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return new ManyResults(results, failures, skipped);
    }

    private JobResult backup(String database) {
        BackupPlan plan = server.backup(database);
        options.accept(plan);
        return plan.to(() -> devices.apply(database)).run();
    }

    /** Ends the backups that run and begins no other. */
    private static final class StopSign {

        private final boolean atFailure;
        private final List<Thread> running = new ArrayList<>();
        private boolean stopped;

        StopSign(boolean atFailure) {
            this.atFailure = atFailure;
        }

        /** Returns a task that gives null if it must not begin any more. */
        Callable<JobResult> guard(Callable<JobResult> task) {
            return () -> {
                if (!begin()) {
                    return null;
                }
                boolean good = false;
                try {
                    JobResult result = task.call();
                    good = result.good();
                    return result;
                } finally {
                    end(good);
                }
            };
        }

        private synchronized boolean begin() {
            if (!stopped) {
                running.add(Thread.currentThread());
            }
            return !stopped;
        }

        private synchronized void end(boolean good) {
            running.remove(Thread.currentThread());
            stopped |= atFailure && !good;
        }

        /** A job that is interrupted cancels itself. */
        synchronized void stop() {
            stopped = true;
            running.forEach(Thread::interrupt);
        }
    }
}
