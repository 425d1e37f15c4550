package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.stream.BackupTarget;
import io.github.sqlvdi.stream.NameTemplate;
import io.github.sqlvdi.stream.TargetFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A snapshot of several databases that are frozen at the same time: one BACKUP DATABASE ... WITH SNAPSHOT for each, and one
 * action of the program while nothing can be written to any of them (VDI reference 2.9, 10). {@link SqlServer#snapshot}
 * makes it.
 *
 * <pre>{@code
 * server.snapshot(List.of("sales", "stock")).to(folder, "{database}.metadata")
 *         .run(() -> takeSnapshotOfTheVolume()).orThrow();
 * }</pre>
 *
 * <ul>
 *   <li>No database is frozen before all of them are ready, and none thaws before the action has ended.
 *   <li>Each step has a limit of time. The first failure, in any database or in the action, lets all of them thaw and fails
 *       all of their backups.
 *   <li>The snapshot holds the data; each backup is the metadata of its database, without which the server cannot restore
 *       it: keep them together. {@link RestorePlan#snapshot} restores them.
 *   <li>After the action each server says whether its backup is good. If one then is not, the others are kept, because
 *       their servers rely on them, and the result is not good.
 *   <li>All files of the databases, of data and of logs, must be in the snapshot. A differential or log backup cannot be a
 *       snapshot; it can be restored upon one.
 * </ul>
 *
 * <p>Each database needs a connection, four threads of this process and some worker threads of the server. Microsoft
 * advises fewer than 35 databases in one snapshot. Not safe for several threads at once.
 */
public final class SnapshotBackup {

    private static final Duration PREPARE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration FREEZE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(30);

    private final SqlServer server;
    private final List<String> databases;
    private Duration prepareTimeout = PREPARE_TIMEOUT;
    private Duration freezeTimeout = FREEZE_TIMEOUT;
    private Duration endTimeout = END_TIMEOUT;
    private Consumer<BackupPlan> options = plan -> {
    };
    private Consumer<ServerJob> settings = job -> {
    };
    private Function<String, BackupTarget> targets;

    SnapshotBackup(SqlServer server, List<String> databases) {
        this.server = server;
        this.databases = List.copyOf(databases);
        if (databases.isEmpty() || databases.stream().distinct().count() < databases.size()) {
            throw new IllegalArgumentException("No database was given, or one twice: expected each once: " + databases);
        }
        databases.forEach(database -> Quoted.name("database", database));
    }

    /**
     * Sets the targets of the metadata.
     *
     * @param chosen gives the new target of a database
     * @return this
     */
    public SnapshotBackup to(Function<String, BackupTarget> chosen) {
        targets = Objects.requireNonNull(chosen, "chosen");
        return this;
    }

    /**
     * Sets files for the metadata. They must not exist and appear on success.
     *
     * @param folder their folder
     * @param template their names, with <code>{database}</code> in it; a character of a database's name that a file cannot
     *     have becomes {@code %} and its code
     * @return this
     * @throws IllegalArgumentException if the template has no <code>{database}</code>
     */
    public SnapshotBackup to(Path folder, String template) {
        NameTemplate names = new NameTemplate(template).requireDifferentNames(1);
        return to(database -> TargetFile.create(folder.resolve(names.names(database, Instant.now(), 1).getFirst())));
    }

    /**
     * Sets the options of every backup. {@code SNAPSHOT} is added.
     *
     * @param setting called for each plan
     * @return this
     */
    public SnapshotBackup plan(Consumer<BackupPlan> setting) {
        options = options.andThen(setting);
        return this;
    }

    /**
     * Sets anything of each job.
     *
     * @param setting called for each job before it runs
     * @return this
     */
    public SnapshotBackup with(Consumer<ServerJob> setting) {
        settings = settings.andThen(setting);
        return this;
    }

    /**
     * Sets how long it may take until all databases are ready for their freeze; the default is 60 seconds.
     *
     * @param timeout positive
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public SnapshotBackup prepareTimeout(Duration timeout) {
        prepareTimeout = requirePositive(timeout, "prepareTimeout");
        return this;
    }

    /**
     * Sets how long any database may be frozen, the action included; the default is 10 seconds. At the end of this time the
     * action is interrupted, all databases thaw and all backups fail. An action that does not react to its interrupt goes
     * on, but nothing waits for it.
     *
     * @param timeout positive
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public SnapshotBackup freezeTimeout(Duration timeout) {
        freezeTimeout = requirePositive(timeout, "freezeTimeout");
        return this;
    }

    /**
     * Sets how long the statements may take to end, after a failure and after the thaw; the default is 30 seconds. One that
     * takes longer is cancelled.
     *
     * @param timeout positive
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public SnapshotBackup endTimeout(Duration timeout) {
        endTimeout = requirePositive(timeout, "endTimeout");
        return this;
    }

    private static Duration requirePositive(Duration timeout, String name) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s is %s: expected a positive time", name, timeout));
        }
        return timeout;
    }

    /**
     * Freezes all databases, executes the action once, and lets them thaw. An interrupt of this thread fails the snapshot.
     *
     * @param action takes the snapshot; called on a thread of its own, and not called if a database cannot be frozen
     * @return the result of each database and of all
     * @throws IllegalStateException if no targets were given
     */
    public SnapshotResults run(SnapshotAction action) {
        if (targets == null) {
            throw new IllegalStateException("The snapshot has no targets for its metadata: give them with to()");
        }
        Objects.requireNonNull(action, "action");
        FreezeBarrier barrier = new FreezeBarrier(databases, prepareTimeout, freezeTimeout);
        SnapshotRun run = new SnapshotRun(barrier, endTimeout);
        for (String database : databases) {
            BackupPlan plan = server.backup(database);
            options.accept(plan);
            run.add(database, plan.with("SNAPSHOT"), targets.apply(database), settings);
        }
        return run.execute(action);
    }
}
