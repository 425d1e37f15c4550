package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.Lsn;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the backup sets that restore a database, in their order: the last full backup, the last differential upon it, and
 * the logs behind it. With a point in time, full and differential end before it, and the last log is the first one that ends
 * at or after it.
 */
final class ChainSearch {

    private static final Comparator<ChainLink> FURTHEST =
            Comparator.comparing(ChainLink::last).thenComparing(ChainLink::finish);

    private final List<ChainLink> links;
    private final Optional<LocalDateTime> stopAt;

    private ChainSearch(List<ChainLink> links, Optional<LocalDateTime> stopAt) {
        this.links = links;
        this.stopAt = stopAt;
    }

    static List<ChainLink> find(List<ChainLink> links, Optional<LocalDateTime> stopAt) throws BrokenChainException {
        return new ChainSearch(links, stopAt).find();
    }

    private List<ChainLink> find() throws BrokenChainException {
        if (links.isEmpty()) {
            throw new BrokenChainException("No backup set was given: expected a full backup and what follows it");
        }
        for (ChainLink link : links) {
            if (!link.database().equals(links.getFirst().database())) {
                throw new BrokenChainException(String.format(Locale.ROOT,
                        "The backup sets are of different databases: %s and %s", links.getFirst().name(), link.name()));
            }
        }
        List<ChainLink> chain = base();
        addLogs(chain);
        requireBases(chain.getLast().last());
        return chain;
    }

    /**
     * Returns the full backup, and the differential upon it, that come furthest. That need not be the last full backup: one
     * WITH COPY_ONLY is no base of the differentials behind it.
     */
    private List<ChainLink> base() throws BrokenChainException {
        List<ChainLink> best = new ArrayList<>();
        for (ChainLink full : inTime(BackupType.FULL)) {
            List<ChainLink> base = new ArrayList<>(List.of(full));
            inTime(BackupType.DIFFERENTIAL).stream().filter(link -> link.needs(full)).max(FURTHEST)
                    .ifPresent(base::add);
            if (best.isEmpty() || FURTHEST.compare(base.getLast(), best.getLast()) > 0) {
                best = base;
            }
        }
        if (best.isEmpty()) {
            throw new BrokenChainException(stopAt.isPresent()
                    ? "A full backup is missing that ended at or before " + stopAt.get() : "A full backup is missing");
        }
        return best;
    }

    private List<ChainLink> inTime(BackupType type) {
        return links.stream().filter(link -> link.type() == type)
                .filter(link -> stopAt.isEmpty() || !link.finish().isAfter(stopAt.get())).toList();
    }

    /** A differential behind the end of the chain whose full backup is not there would be lost without a word. */
    private void requireBases(Lsn end) throws BrokenChainException {
        for (ChainLink link : inTime(BackupType.DIFFERENTIAL)) {
            if (link.last().compareTo(end) > 0 && links.stream().noneMatch(link::needs)) {
                throw new BrokenChainException(String.format(Locale.ROOT,
                        "The full backup %s is missing, which %s needs", link.base().map(Object::toString)
                                .orElse("with checkpoint " + link.baseLsn()),
                        link.name()));
            }
        }
    }

    private void addLogs(List<ChainLink> chain) throws BrokenChainException {
        List<ChainLink> logs = new ArrayList<>(links.stream().filter(link -> link.type() == BackupType.LOG)
                .sorted(Comparator.comparing(ChainLink::first).thenComparing(ChainLink::last)).toList());
        Lsn position = chain.getLast().last();
        boolean reached = stopAt.filter(time -> chain.getLast().finish().equals(time)).isPresent();
        for (ChainLink log : logs) {
            if (reached) {
                return;
            }
            int further = log.last().compareTo(position);
            boolean later = stopAt.isPresent() && log.finish().isAfter(chain.getLast().finish());
            if (further < 0 || further == 0 && !later) {
                continue; // a log before the backup, or the same log once more; an empty later one reaches a later time
            }
            if (log.first().compareTo(position) > 0) {
                throw new BrokenChainException(String.format(Locale.ROOT,
                        "A log backup is missing that begins at or before LSN %s and goes to LSN %s: it stands between %s "
                                + "and %s",
                        position, log.first(), chain.getLast().name(), log.name()));
            }
            chain.add(log);
            position = log.last();
            reached = stopAt.filter(time -> !log.finish().isBefore(time)).isPresent();
        }
        if (stopAt.isPresent() && !reached) {
            throw new BrokenChainException(String.format(Locale.ROOT,
                    "A log backup is missing that ends at or after %s: the last one that can be restored is %s, which ends "
                            + "at LSN %s",
                    stopAt.get(), chain.getLast().name(), position));
        }
    }
}
