package io.github.sqlvdi.emulator.internal.views;

import io.github.sqlvdi.emulator.internal.catalog.Catalog;
import io.github.sqlvdi.emulator.internal.catalog.Database;
import io.github.sqlvdi.emulator.internal.catalog.DatabaseFile;
import io.github.sqlvdi.emulator.internal.query.Relation;
import io.github.sqlvdi.emulator.internal.types.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Views on databases and files. */
final class DatabaseViews {

    private static final DataType WORDS = DataType.nvarchar(60);
    private static final String COLLATION = "SQL_Latin1_General_CP1_CI_AS";

    /** The state of a file that a partial restore left out (inferred). */
    private static final int RECOVERY_PENDING = 3;

    private DatabaseViews() {
    }

    static Relation databases(Catalog catalog, boolean old) {
        Relation.Builder view = new Relation.Builder().columns(DataType.SYSNAME, "name")
                .columns(old ? DataType.SMALLINT : DataType.INT, old ? "dbid" : "database_id")
                .columns(DataType.INT, "source_database_id").columns(DataType.varbinary(85), "owner_sid")
                .columns(DataType.DATETIME, old ? "crdate" : "create_date")
                .columns(DataType.TINYINT, "compatibility_level")
                .columns(DataType.SYSNAME, "collation_name").columns(DataType.TINYINT, "user_access")
                .columns(WORDS, "user_access_desc").columns(DataType.BIT, "is_read_only", "is_auto_close_on",
                        "is_auto_shrink_on")
                .columns(DataType.TINYINT, "state").columns(WORDS, "state_desc").columns(DataType.BIT, "is_in_standby",
                        "is_cleanly_shutdown")
                .columns(DataType.TINYINT, "recovery_model").columns(WORDS, "recovery_model_desc")
                .columns(DataType.BIT, "is_encrypted", "is_distributor", "is_published", "is_subscribed")
                .columns(DataType.TINYINT, "containment").columns(WORDS, "log_reuse_wait_desc")
                .columns(DataType.GUID, "group_database_id", "replica_id");
        for (Database database : catalog.databases()) {
            int access = List.of("MULTI_USER", "SINGLE_USER", "RESTRICTED_USER").indexOf(database.access);
            int model = 1 + List.of("FULL", "BULK_LOGGED", "SIMPLE").indexOf(database.recoveryModel);
            boolean online = database.state == Database.State.ONLINE;
            view.row(database.name(), database.id(), null, new byte[]{1}, database.created,
                    catalog.identity().major() * 10, online ? COLLATION : null, access, database.access,
                    database.readOnly || database.standby, false, false, database.state.number(),
                    database.state.name(), database.standby, !online, model, database.recoveryModel, false, false,
                    false,
                    false, 0, "NOTHING", null, null);
        }
        return view.build();
    }

    static Relation masterFiles(Catalog catalog) {
        Relation.Builder view = fileColumns(true);
        for (Database database : catalog.databases()) {
            for (DatabaseFile file : database.files) {
                addFile(view, database, file, true);
            }
        }
        return view.build();
    }

    static Relation files(Catalog catalog, String name) {
        Relation.Builder view = fileColumns(false);
        catalog.find(name).ifPresent(database -> database.files.forEach(file -> addFile(view, database, file, false)));
        return view.build();
    }

    private static Relation.Builder fileColumns(boolean withDatabase) {
        Relation.Builder view = new Relation.Builder();
        if (withDatabase) {
            view.columns(DataType.INT, "database_id");
        }
        return view.columns(DataType.INT, "file_id").columns(DataType.GUID, "file_guid")
                .columns(DataType.TINYINT, "type")
                .columns(WORDS, "type_desc").columns(DataType.INT, "data_space_id").columns(DataType.SYSNAME, "name")
                .columns(DataType.nvarchar(260), "physical_name").columns(DataType.TINYINT, "state")
                .columns(WORDS, "state_desc").columns(DataType.INT, "size", "max_size", "growth")
                .columns(DataType.BIT, "is_read_only", "is_percent_growth")
                .columns(DataType.LSN, "differential_base_lsn").columns(DataType.GUID, "differential_base_guid");
    }

    private static void addFile(Relation.Builder view, Database database, DatabaseFile file, boolean withDatabase) {
        List<Object> values = new ArrayList<>();
        if (withDatabase) {
            values.add(database.id());
        }
        Collections.addAll(values, file.id(), null, file.log() ? 1 : 0, file.log() ? "LOG" : "ROWS",
                file.log() ? 0 : 1 + database.filegroups().indexOf(file.filegroup()), file.logical(), file.physical(),
                file.restored() ? database.state.number() : RECOVERY_PENDING,
                file.restored() ? database.state.name() : "RECOVERY_PENDING",
                (int) Math.min(file.pages(), Integer.MAX_VALUE), file.log() ? 268_435_456 : -1, 8192, database.readOnly,
                false, null, null);
        view.row(values.toArray());
    }

    static Relation recoveryStatus(Catalog catalog) {
        Relation.Builder view = new Relation.Builder().columns(DataType.INT, "database_id")
                .columns(DataType.GUID, "database_guid", "family_guid").columns(DataType.LSN, "last_log_backup_lsn")
                .columns(DataType.GUID, "recovery_fork_guid", "first_recovery_fork_guid")
                .columns(DataType.LSN, "fork_point_lsn");
        for (Database database : catalog.databases()) {
            view.row(database.id(), database.databaseGuid, database.familyGuid, null,
                    database.forkGuid, null, null);
        }
        return view.build();
    }

    static Relation backupDevices() {
        return new Relation.Builder().columns(DataType.SYSNAME, "name").columns(DataType.TINYINT, "type")
                .columns(WORDS, "type_desc").columns(DataType.nvarchar(260), "physical_name").build();
    }
}
