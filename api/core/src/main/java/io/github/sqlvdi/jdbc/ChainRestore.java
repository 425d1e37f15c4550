package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.StoredStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A restore of a database from full backup, differential and logs. It finds the sets that are needed and their order from
 * what the files say, leaves the others aside, and refuses a chain with a gap before the server is asked.
 *
 * <pre>{@code
 * server.restoreChain("sales2")
 *         .add(Path.of("full.bak")).add(Path.of("diff.bak")).add(Path.of("1.trn")).add(Path.of("2.trn"))
 *         .stopAt(LocalDateTime.parse("2026-11-26T17:00:00")).run().getLast().orThrow();
 * }</pre>
 *
 * <p>Not safe for several threads at once.
 */
public final class ChainRestore {

    private final SqlServer server;
    private final String database;
    private final List<BackupSetFiles> sets = new ArrayList<>();
    private final List<IOException> unusable = new ArrayList<>();
    private Optional<LocalDateTime> stopAt = Optional.empty();
    private Consumer<RestorePlan> last = RestorePlan::recovery;
    private boolean replacing;
    private boolean moving = true;
    private Consumer<RestorePlan> options = plan -> {
    };
    private Consumer<ServerJob> settings = job -> {
    };

    ChainRestore(SqlServer server, String database) {
        this.server = server;
        this.database = database;
        Quoted.name("database", database);
    }

    /**
     * Adds a backup set, in any order. Sets that are not needed are allowed.
     *
     * @param stripes one file for each device of the backup
     * @return this
     * @throws IOException as {@link BackupSetFiles#read(Path...)}
     */
    public ChainRestore add(Path... stripes) throws IOException {
        sets.add(BackupSetFiles.read(stripes));
        return this;
    }

    /**
     * Adds a backup set that may be compressed, encrypted and in a store, in any order.
     *
     * @param stripes one stream for each device of the backup
     * @return this
     * @throws IOException as {@link BackupSetFiles#read(List)}
     */
    public ChainRestore add(StoredStream... stripes) throws IOException {
        sets.add(BackupSetFiles.read(List.of(stripes)));
        return this;
    }

    /**
     * Adds backup sets that have been read.
     *
     * @param read the sets, in any order, for example of {@link BackupSetFiles#group(List)}
     * @return this
     */
    public ChainRestore add(List<BackupSetFiles> read) {
        sets.addAll(read);
        return this;
    }

    /**
     * Notes content that {@link BackupSetFiles#group(List, Consumer)} has left aside. It may hold a log that is newer than
     * all others, so without {@link #stopAt} the restore is refused. With a point in time the chain shows that it is not
     * needed.
     *
     * @param reason why it cannot be used; the message names it
     */
    public void leftAside(IOException reason) {
        unusable.add(reason);
    }

    /**
     * Restores the database as it was at a time.
     *
     * @param time local time of the server that made the backups
     * @return this
     */
    public ChainRestore stopAt(LocalDateTime time) {
        stopAt = Optional.of(time);
        return this;
    }

    /**
     * Replaces an existing database.
     *
     * @return this
     */
    public ChainRestore replace() {
        replacing = true;
        return this;
    }

    /**
     * Leaves the files at the places that the backup names. By default {@link MoveFiles} finds their places.
     *
     * @return this
     */
    public ChainRestore keepPlaces() {
        moving = false;
        return this;
    }

    /**
     * Leaves the database in the state RESTORING, so that further logs can follow.
     *
     * @return this
     */
    public ChainRestore noRecovery() {
        last = RestorePlan::noRecovery;
        return this;
    }

    /**
     * Makes the database readable, and lets further logs follow.
     *
     * @param undoFile the path on the server for what recovery undoes
     * @return this
     */
    public ChainRestore standby(String undoFile) {
        last = plan -> plan.standby(undoFile);
        return this;
    }

    /**
     * Sets options of each RESTORE, for example {@link RestorePlan#checksum}.
     *
     * @param setting called for each plan
     * @return this
     */
    public ChainRestore plan(Consumer<RestorePlan> setting) {
        options = options.andThen(setting);
        return this;
    }

    /**
     * Sets anything of each job, for example a listener for its progress.
     *
     * @param setting called for each job before it runs
     * @return this
     */
    public ChainRestore with(Consumer<ServerJob> setting) {
        settings = settings.andThen(setting);
        return this;
    }

    /**
     * Finds the sets that are needed.
     *
     * @return the sets in the order of their restore: a full backup, at most one differential, any number of logs
     * @throws BrokenChainException if one is missing, or content that was left aside may be needed; the message names it
     */
    public List<BackupSetFiles> sets() throws BrokenChainException {
        Map<ChainLink, BackupSetFiles> files = new HashMap<>();
        List<ChainLink> links = new ArrayList<>();
        for (BackupSetFiles set : sets) {
            ChainLink link = ChainLink.of(set);
            links.add(link);
            files.put(link, set);
        }
        List<BackupSetFiles> chain = ChainSearch.find(links, stopAt).stream().map(files::get).toList();
        if (stopAt.isEmpty() && !unusable.isEmpty()) {
            throw new BrokenChainException(String.format(Locale.ROOT,
                    "A backup cannot be used and may be newer than %s, the last one that can be restored: %s. Give a point "
                            + "in time that does not need it, or only the backups that are to be restored",
                    chain.getLast(), unusable.getFirst().getMessage()));
        }
        return chain;
    }

    /**
     * Restores the sets one after the other, and stops at the first failure.
     *
     * @return the result of each restore that was begun; the last one is good if all are
     * @throws BrokenChainException if a set is missing; nothing was restored
     * @throws IOException if a file cannot be read
     * @throws SQLException if the server could not be asked for its folders
     */
    public List<JobResult> run() throws BrokenChainException, IOException, SQLException {
        List<BackupSetFiles> chain = sets();
        List<JobResult> results = new ArrayList<>();
        for (BackupSetFiles set : chain) {
            ServerJob job = plan(set, set == chain.getLast()).from(set.stripes().toArray(StoredStream[]::new));
            settings.accept(job);
            JobResult result = job.run();
            results.add(result);
            if (!result.good()) {
                break;
            }
        }
        return results;
    }

    private RestorePlan plan(BackupSetFiles set, boolean isLast) throws SQLException {
        RestorePlan plan = server.restore(database);
        BackupType type = set.header().type().orElseThrow();
        if (type == BackupType.FULL) {
            if (replacing) {
                plan.replace();
            }
            if (moving) {
                MoveFiles.on(server).of(database, set.report()).forEach(plan::move);
            }
        }
        if (type == BackupType.LOG) {
            plan.log();
            stopAt.ifPresent(plan::stopAt);
        }
        if (isLast) {
            last.accept(plan);
        } else {
            plan.noRecovery();
        }
        options.accept(plan);
        return plan;
    }
}
