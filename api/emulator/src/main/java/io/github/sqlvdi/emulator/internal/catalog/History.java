package io.github.sqlvdi.emulator.internal.catalog;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** The history of backups and restores that msdb shows. Guarded by the {@link Catalog}. */
public final class History {

    /** Most entries of each kind; the oldest go first. */
    private static final int LIMIT = 10_000;

    private final List<Backup> backups = new ArrayList<>();
    private final List<Restore> restores = new ArrayList<>();
    private int lastBackup;
    private int lastRestore;

    /**
     * A backup that ended well.
     *
     * @param id the number in backupset
     * @param set the backup set
     * @param devices the names of its devices
     * @param deviceType 7 for virtual devices
     * @param position which backup set of its media it is, from 1
     */
    public record Backup(int id, BackupContents set, List<String> devices, int deviceType, int position) {
    }

    /**
     * A restore that ended well.
     *
     * @param id the number in restorehistory
     * @param date when
     * @param database the restored database
     * @param user the login
     * @param backup the number in backupset; 0 if the set is not known there
     * @param type D, I, L or V
     * @param replace whether REPLACE was given
     * @param recovery whether the database was recovered
     * @param devices how many devices
     * @param stopAt the time of STOPAT; null without
     * @param stopMark the mark of STOPATMARK or STOPBEFOREMARK; null without
     * @param stopBefore whether it was STOPBEFOREMARK
     */
    public record Restore(int id, LocalDateTime date, String database, String user, int backup, String type,
            boolean replace, boolean recovery, int devices, LocalDateTime stopAt, String stopMark,
            boolean stopBefore) {
    }

    /**
     * Adds a backup.
     *
     * @param set the backup set
     * @param devices the names of its devices
     * @param deviceType 7 for virtual devices
     * @param position which backup set of its media it is, from 1
     */
    public void add(BackupContents set, List<String> devices, int deviceType, int position) {
        add(new Backup(++lastBackup, set, List.copyOf(devices), deviceType, position));
    }

    void add(Backup backup) {
        backups.add(backup);
        if (backups.size() > LIMIT) {
            backups.removeFirst();
        }
    }

    /** {@return the number that the next restore gets} */
    public int nextRestore() {
        return lastRestore + 1;
    }

    /**
     * The number of a backup set in backupset.
     *
     * @param set the backup set
     * @return the number; 0 if the set is not known there
     */
    public int number(BackupContents set) {
        return backups.stream().filter(each -> each.set().id().equals(set.id())).mapToInt(Backup::id).findFirst()
                .orElse(0);
    }

    /**
     * Adds a restore.
     *
     * @param restore the restore, with the number of {@link #nextRestore}
     */
    public void add(Restore restore) {
        lastRestore = Math.max(lastRestore, restore.id());
        restores.add(restore);
        if (restores.size() > LIMIT) {
            restores.removeFirst();
        }
    }

    int lastBackup() {
        return lastBackup;
    }

    int lastRestore() {
        return lastRestore;
    }

    void clear() {
        backups.clear();
        restores.clear();
    }

    void numbers(int backup, int restore) {
        lastBackup = backup;
        lastRestore = restore;
    }

    /** {@return the backups, oldest first} */
    public List<Backup> backups() {
        return List.copyOf(backups);
    }

    /** {@return the restores, oldest first} */
    public List<Restore> restores() {
        return List.copyOf(restores);
    }
}
