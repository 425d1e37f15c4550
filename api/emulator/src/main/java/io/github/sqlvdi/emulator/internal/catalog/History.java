package io.github.sqlvdi.emulator.internal.catalog;

import java.time.LocalDateTime;
import java.time.ZoneId;
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
     */
    public record Backup(int id, BackupContents set, List<String> devices, int deviceType) {
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
     */
    public record Restore(int id, LocalDateTime date, String database, String user, int backup, String type,
            boolean replace, boolean recovery, int devices) {
    }

    /**
     * Adds a backup.
     *
     * @param set the backup set
     * @param devices the names of its devices
     * @param deviceType 7 for virtual devices
     */
    public void add(BackupContents set, List<String> devices, int deviceType) {
        backups.add(new Backup(++lastBackup, set, List.copyOf(devices), deviceType));
        if (backups.size() > LIMIT) {
            backups.removeFirst();
        }
    }

    /**
     * Adds a restore.
     *
     * @param set the backup set
     * @param database the restored database
     * @param user the login
     * @param replace whether REPLACE was given
     * @param recovery whether the database was recovered
     * @param devices how many devices
     */
    public void add(BackupContents set, String database, String user, boolean replace, boolean recovery, int devices) {
        int backup = backups.stream()
                .filter(each -> each.set().header().backupSetGuid().equals(set.header().backupSetGuid()))
                .mapToInt(Backup::id).findFirst().orElse(0);
        restores.add(
                new Restore(++lastRestore, LocalDateTime.now(ZoneId.systemDefault()), database, user, backup,
                        set.letter(), replace,
                        recovery, devices));
        if (restores.size() > LIMIT) {
            restores.removeFirst();
        }
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
