package io.github.sqlvdi.emulator.internal.catalog;

import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Backups and restores of the history as entries of the catalog's file. */
final class SavedHistory {

    static final String BACKUP = "backup";
    static final String RESTORE = "restore";

    private static final String DEVICE = "device";

    private SavedHistory() {
    }

    static Entry entry(History.Backup backup) {
        Entry entry = new Entry(BACKUP).set("id", backup.id()).set("deviceType", backup.deviceType())
                .set("position", backup.position());
        for (int index = 0; index < backup.devices().size(); index++) {
            entry.set(DEVICE + index, backup.devices().get(index));
        }
        return entry;
    }

    static History.Backup backup(Entry entry, BackupContents set) throws IOException {
        List<String> devices = new ArrayList<>();
        for (int index = 0; entry.find(DEVICE + index).isPresent(); index++) {
            devices.add(entry.text(DEVICE + index));
        }
        return new History.Backup(entry.number("id"), set, List.copyOf(devices), entry.number("deviceType"),
                entry.number("position"));
    }

    static Entry entry(History.Restore restore) {
        return new Entry(RESTORE).set("id", restore.id()).set("date", restore.date())
                .set("database", restore.database()).set("user", restore.user()).set("backup", restore.backup())
                .set("type", restore.type()).set("replace", restore.replace()).set("recovery", restore.recovery())
                .set("devices", restore.devices()).set("stopAt", restore.stopAt())
                .set("stopMark", restore.stopMark()).set("stopBefore", restore.stopBefore());
    }

    static History.Restore restore(Entry entry) throws IOException {
        return new History.Restore(entry.number("id"), entry.get("date", LocalDateTime::parse), entry.text("database"),
                entry.text("user"), entry.number("backup"), entry.text("type"), entry.flag("replace"),
                entry.flag("recovery"), entry.number("devices"), entry.optional("stopAt", LocalDateTime::parse),
                entry.find("stopMark").orElse(null), entry.flag("stopBefore"));
    }
}
