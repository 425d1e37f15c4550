package io.github.sqlvdi.emulator.internal.views;

import io.github.sqlvdi.emulator.internal.catalog.BackedUpFile;
import io.github.sqlvdi.emulator.internal.catalog.BackupContents;
import io.github.sqlvdi.emulator.internal.catalog.Catalog;
import io.github.sqlvdi.emulator.internal.catalog.DatabaseFile;
import io.github.sqlvdi.emulator.internal.catalog.History;
import io.github.sqlvdi.emulator.internal.query.Relation;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Kind;
import io.github.sqlvdi.mtf.HeaderColumns;
import java.math.BigDecimal;

/** The tables of msdb about backups and restores. */
final class HistoryViews {

    private static final DataType LETTER = new DataType(Kind.CHAR, 1, 0, 0);
    private static final DataType SIZE = DataType.numeric(20, 0);
    private static final int VENDOR = 4608;

    private HistoryViews() {
    }

    static Relation backupSets(Catalog catalog) {
        Relation.Builder view = new Relation.Builder().columns(DataType.INT, "backup_set_id")
                .columns(DataType.GUID, "backup_set_uuid").columns(DataType.INT, "media_set_id")
                .columns(DataType.INT, "position").columns(DataType.DATETIME, "expiration_date")
                .columns(DataType.INT, "software_vendor_id").columns(DataType.SYSNAME, "name")
                .columns(DataType.nvarchar(255), "description").columns(DataType.SYSNAME, "user_name")
                .columns(DataType.TINYINT, "software_major_version", "software_minor_version")
                .columns(DataType.SMALLINT, "software_build_version", "time_zone")
                .columns(DataType.LSN, "first_lsn", "last_lsn", "checkpoint_lsn", "database_backup_lsn")
                .columns(DataType.DATETIME, "database_creation_date", "backup_start_date", "backup_finish_date")
                .columns(LETTER, "type").columns(DataType.TINYINT, "compatibility_level")
                .columns(DataType.INT, "database_version").columns(SIZE, "backup_size")
                .columns(DataType.SYSNAME, "database_name", "server_name", "machine_name")
                .columns(DataType.INT, "flags").columns(DataType.SYSNAME, "collation_name")
                .columns(DataType.nvarchar(60), "recovery_model")
                .columns(DataType.BIT, "is_password_protected", "has_backup_checksums", "is_damaged",
                        "begins_log_chain", "has_incomplete_metadata", "is_copy_only", "is_snapshot", "is_readonly",
                        "is_single_user", "has_bulk_logged_data", "is_force_offline")
                .columns(DataType.GUID, "first_recovery_fork_guid", "last_recovery_fork_guid")
                .columns(DataType.LSN, "fork_point_lsn").columns(DataType.GUID, "database_guid", "family_guid")
                .columns(DataType.LSN, "differential_base_lsn").columns(DataType.GUID, "differential_base_guid")
                .columns(SIZE, "compressed_backup_size");
        for (History.Backup backup : catalog.history().backups()) {
            BackupContents set = backup.set();
            Long size = set.get(HeaderColumns.BACKUP_SIZE);
            BigDecimal bytes = size == null ? null : BigDecimal.valueOf(size);
            view.row(backup.id(), set.id(), backup.id(), backup.position(), null, VENDOR,
                    set.get(HeaderColumns.BACKUP_NAME), set.get(HeaderColumns.BACKUP_DESCRIPTION),
                    set.get(HeaderColumns.USER_NAME), set.get(HeaderColumns.SOFTWARE_VERSION_MAJOR),
                    set.get(HeaderColumns.SOFTWARE_VERSION_MINOR), set.get(HeaderColumns.SOFTWARE_VERSION_BUILD), 0,
                    set.lsn(HeaderColumns.FIRST_LSN), set.lsn(HeaderColumns.LAST_LSN),
                    set.lsn(HeaderColumns.CHECKPOINT_LSN), set.lsn(HeaderColumns.DATABASE_BACKUP_LSN),
                    set.get(HeaderColumns.DATABASE_CREATION_DATE), set.get(HeaderColumns.BACKUP_START_DATE),
                    set.get(HeaderColumns.BACKUP_FINISH_DATE), set.letter(), set.get(HeaderColumns.COMPATIBILITY_LEVEL),
                    set.get(HeaderColumns.DATABASE_VERSION), bytes, set.text(HeaderColumns.DATABASE_NAME),
                    set.text(HeaderColumns.SERVER_NAME), set.get(HeaderColumns.MACHINE_NAME),
                    set.get(HeaderColumns.FLAGS),
                    set.get(HeaderColumns.COLLATION),
                    set.recoveryModel() == null ? null : set.recoveryModel().columnText(),
                    false, set.get(HeaderColumns.HAS_BACKUP_CHECKSUMS),
                    set.get(HeaderColumns.IS_DAMAGED), set.get(HeaderColumns.BEGINS_LOG_CHAIN), false,
                    set.get(HeaderColumns.IS_COPY_ONLY), set.get(HeaderColumns.IS_SNAPSHOT),
                    set.get(HeaderColumns.IS_READ_ONLY), set.get(HeaderColumns.IS_SINGLE_USER),
                    set.get(HeaderColumns.HAS_BULK_LOGGED_DATA), false, set.get(HeaderColumns.FIRST_RECOVERY_FORK_ID),
                    set.get(HeaderColumns.RECOVERY_FORK_ID), set.lsn(HeaderColumns.FORK_POINT_LSN),
                    set.get(HeaderColumns.BINDING_ID), set.family(), set.lsn(HeaderColumns.DIFFERENTIAL_BASE_LSN),
                    set.get(HeaderColumns.DIFFERENTIAL_BASE_GUID), bytes);
        }
        return view.build();
    }

    static Relation mediaFamilies(Catalog catalog) {
        Relation.Builder view = new Relation.Builder().columns(DataType.INT, "media_set_id")
                .columns(DataType.TINYINT, "family_sequence_number").columns(DataType.GUID, "media_family_id")
                .columns(DataType.INT, "media_count").columns(DataType.SYSNAME, "logical_device_name")
                .columns(DataType.nvarchar(260), "physical_device_name").columns(DataType.TINYINT, "device_type")
                .columns(DataType.INT, "physical_block_size").columns(DataType.TINYINT, "mirror");
        for (History.Backup backup : catalog.history().backups()) {
            for (int index = 0; index < backup.devices().size(); index++) {
                view.row(backup.id(), index + 1, backup.set().mediaSet(), 1, null,
                        backup.devices().get(index),
                        backup.deviceType(), 512, 0);
            }
        }
        return view.build();
    }

    static Relation mediaSets(Catalog catalog) {
        Relation.Builder view = new Relation.Builder().columns(DataType.INT, "media_set_id")
                .columns(DataType.GUID, "media_uuid").columns(DataType.TINYINT, "media_family_count")
                .columns(DataType.SYSNAME, "name").columns(DataType.nvarchar(255), "description")
                .columns(DataType.SYSNAME, "software_name").columns(DataType.INT, "software_vendor_id")
                .columns(DataType.TINYINT, "MTF_major_version", "mirror_count")
                .columns(DataType.BIT, "is_password_protected", "is_compressed", "is_encrypted");
        for (History.Backup backup : catalog.history().backups()) {
            view.row(backup.id(), backup.set().mediaSet(), backup.devices().size(), null, null,
                    "Microsoft SQL Server",
                    VENDOR, 1, 1, false, false, false);
        }
        return view.build();
    }

    static Relation backupFiles(Catalog catalog) {
        Relation.Builder view = new Relation.Builder().columns(DataType.INT, "backup_set_id")
                .columns(LETTER, "file_type").columns(SIZE, "file_size").columns(DataType.SYSNAME, "logical_name")
                .columns(DataType.nvarchar(260), "physical_name", "physical_drive")
                .columns(DataType.numeric(10, 0), "file_number")
                .columns(SIZE, "backed_up_page_count", "page_size").columns(DataType.TINYINT, "state")
                .columns(DataType.nvarchar(64), "state_desc").columns(SIZE, "backup_size")
                .columns(DataType.SYSNAME, "filegroup_name").columns(DataType.BIT, "is_present");
        for (History.Backup backup : catalog.history().backups()) {
            for (BackedUpFile file : backup.set().files()) {
                view.row(backup.id(), file.log() ? "L" : "D", BigDecimal.valueOf(file.size()), file.logicalName(),
                        file.physicalName(), null, BigDecimal.valueOf(file.fileId()),
                        BigDecimal.valueOf(file.pages()), BigDecimal.valueOf(DatabaseFile.PAGE), 0, "ONLINE",
                        BigDecimal.valueOf(file.pages() * DatabaseFile.PAGE),
                        file.log() ? null : file.filegroup(), file.isPresent());
            }
        }
        return view.build();
    }

    static Relation restores(Catalog catalog) {
        Relation.Builder view = new Relation.Builder().columns(DataType.INT, "restore_history_id")
                .columns(DataType.DATETIME, "restore_date")
                .columns(DataType.SYSNAME, "destination_database_name", "user_name")
                .columns(DataType.INT, "backup_set_id").columns(LETTER, "restore_type")
                .columns(DataType.BIT, "replace", "recovery", "restart").columns(DataType.DATETIME, "stop_at")
                .columns(DataType.TINYINT, "device_count").columns(DataType.SYSNAME, "stop_at_mark_name")
                .columns(DataType.BIT, "stop_before");
        for (History.Restore restore : catalog.history().restores()) {
            view.row(restore.id(), restore.date(), restore.database(), restore.user(), restore.backup(), restore.type(),
                    restore.replace(), restore.recovery(), false, restore.stopAt(), restore.devices(),
                    restore.stopMark(),
                    restore.stopBefore());
        }
        return view.build();
    }
}
