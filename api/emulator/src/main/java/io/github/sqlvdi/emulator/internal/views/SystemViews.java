package io.github.sqlvdi.emulator.internal.views;

import io.github.sqlvdi.emulator.internal.catalog.Catalog;
import io.github.sqlvdi.emulator.internal.catalog.Sessions;
import io.github.sqlvdi.emulator.internal.query.Relation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds views by their names and takes snapshots of them. */
public final class SystemViews {

    private final Catalog catalog;
    private final Sessions sessions;

    /**
     * Makes the views of a server.
     *
     * @param catalog its catalog
     * @param sessions its sessions
     */
    public SystemViews(Catalog catalog, Sessions sessions) {
        this.catalog = catalog;
        this.sessions = sessions;
    }

    /**
     * Finds a view.
     *
     * @param name the name, qualifiers first
     * @param database the current database
     * @return a snapshot of it; empty if there is none
     */
    public Optional<Relation> find(List<String> name, String database) {
        String key = name.stream().map(part -> part.toLowerCase(Locale.ROOT)).collect(Collectors.joining("."));
        String inDatabase = name.size() == 3 && name.get(1).equalsIgnoreCase("sys") ? name.getFirst() : database;
        String view = name.size() == 3 && name.get(1).equalsIgnoreCase("sys")
                ? key.substring(key.indexOf('.') + 1) : key;
        boolean inMsdb = database.equalsIgnoreCase("msdb");
        return Optional.ofNullable(catalog.locked(all -> switch (view) {
            case "sys.databases", "sys.sysdatabases", "sysdatabases", "master.dbo.sysdatabases",
                    "master..sysdatabases" ->
                    DatabaseViews.databases(all, view.endsWith("sysdatabases"));
            case "sys.master_files" -> DatabaseViews.masterFiles(all);
            case "sys.database_files" -> DatabaseViews.files(all, inDatabase);
            case "sys.database_recovery_status" -> DatabaseViews.recoveryStatus(all);
            case "sys.dm_exec_sessions" -> SessionViews.sessions(all, sessions);
            case "sys.dm_exec_requests" -> SessionViews.requests(all, sessions);
            case "sys.sysprocesses", "master.dbo.sysprocesses", "master..sysprocesses" ->
                    SessionViews.sessions(all, sessions);
            case "sys.backup_devices" -> DatabaseViews.backupDevices();
            default -> msdb(all, view, inMsdb);
        }));
    }

    private static Relation msdb(Catalog catalog, String view, boolean inMsdb) {
        String table = view.startsWith("msdb.dbo.") ? view.substring(9) : view.startsWith("msdb..") ? view.substring(6)
                : inMsdb ? view.replace("dbo.", "") : "";
        return switch (table) {
            case "backupset" -> HistoryViews.backupSets(catalog);
            case "backupmediafamily" -> HistoryViews.mediaFamilies(catalog);
            case "backupmediaset" -> HistoryViews.mediaSets(catalog);
            case "backupfile" -> HistoryViews.backupFiles(catalog);
            case "restorehistory" -> HistoryViews.restores(catalog);
            default -> null;
        };
    }
}
