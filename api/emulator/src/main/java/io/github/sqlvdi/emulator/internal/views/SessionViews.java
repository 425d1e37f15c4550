package io.github.sqlvdi.emulator.internal.views;

import io.github.sqlvdi.emulator.internal.catalog.Catalog;
import io.github.sqlvdi.emulator.internal.catalog.Database;
import io.github.sqlvdi.emulator.internal.catalog.SessionRecord;
import io.github.sqlvdi.emulator.internal.catalog.Sessions;
import io.github.sqlvdi.emulator.internal.query.Relation;
import io.github.sqlvdi.emulator.internal.types.DataType;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Views on sessions and requests. */
final class SessionViews {

    private static final String BACKUP_WAIT = "BACKUPIO";

    private SessionViews() {
    }

    static Relation sessions(Catalog catalog, Sessions sessions) {
        Relation.Builder view = new Relation.Builder().columns(DataType.SMALLINT, "session_id", "spid")
                .columns(DataType.DATETIME, "login_time").columns(DataType.SYSNAME, "host_name", "program_name")
                .columns(DataType.SYSNAME, "login_name", "original_login_name", "loginame")
                .columns(DataType.nvarchar(30), "status").columns(DataType.BIT, "is_user_process")
                .columns(DataType.SMALLINT, "database_id", "dbid").columns(DataType.INT, "open_transaction_count")
                .columns(DataType.nvarchar(32), "cmd");
        for (SessionRecord each : sessions.all()) {
            int database = id(catalog, each.database);
            String command = each.command;
            view.row(each.spid(), each.spid(), each.loginTime(), each.host(), each.program(), each.login(),
                    each.login(),
                    each.login(), command == null ? "sleeping" : "running", true, database, database,
                    each.transactions, command == null ? "AWAITING COMMAND" : command);
        }
        return view.build();
    }

    static Relation requests(Catalog catalog, Sessions sessions) {
        Relation.Builder view = new Relation.Builder().columns(DataType.SMALLINT, "session_id")
                .columns(DataType.INT, "request_id").columns(DataType.DATETIME, "start_time")
                .columns(DataType.nvarchar(30), "status").columns(DataType.nvarchar(32), "command")
                .columns(DataType.SMALLINT, "database_id", "blocking_session_id")
                .columns(DataType.nvarchar(60), "wait_type").columns(DataType.INT, "wait_time")
                .columns(DataType.nvarchar(60), "last_wait_type").columns(DataType.REAL, "percent_complete")
                .columns(DataType.BIGINT, "estimated_completion_time").columns(DataType.INT, "cpu_time",
                        "total_elapsed_time");
        for (SessionRecord each : sessions.all()) {
            String command = each.command;
            if (command == null) {
                continue;
            }
            boolean backup = command.startsWith("BACKUP") || command.startsWith("RESTORE");
            int elapsed = (int) Math.min(
                    Duration.between(each.requestStart, LocalDateTime.now(ZoneId.systemDefault())).toMillis(),
                    Integer.MAX_VALUE);
            double percent = each.percent;
            long left = percent <= 0 ? 0 : Math.round(elapsed * (100 - percent) / percent);
            view.row(each.spid(), 0, each.requestStart, backup ? "suspended" : "running", command,
                    id(catalog, each.database), 0, backup ? BACKUP_WAIT : null, 0,
                    backup ? BACKUP_WAIT : "MISCELLANEOUS",
                    percent, left, 0, elapsed);
        }
        return view.build();
    }

    private static int id(Catalog catalog, String database) {
        return catalog.find(database).map(Database::id).orElse(1);
    }
}
