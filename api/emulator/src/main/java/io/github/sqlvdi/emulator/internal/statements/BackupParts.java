package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.catalog.Database;
import io.github.sqlvdi.emulator.internal.catalog.DatabaseFile;
import io.github.sqlvdi.emulator.internal.language.BackupOption;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.mtf.BackupType;
import java.util.ArrayList;
import java.util.List;

/**
 * Which files a BACKUP DATABASE takes: all, or those of FILE, FILEGROUP and READ_WRITE_FILEGROUPS. The log is in every
 * backup. The numbers of the refusals are inferred.
 */
final class BackupParts {

    private static final String READ_WRITE = "READ_WRITE_FILEGROUPS";
    private static final String DIFFERENTIAL = "DIFFERENTIAL";

    private final String statement;
    private final Options options;
    private final List<BackupOption> parts;
    private final boolean readWrite;

    BackupParts(String statement, List<BackupOption> parts, Options options) {
        this.statement = statement;
        this.parts = parts;
        this.options = options;
        readWrite = parts.stream().anyMatch(part -> part.name().equals(READ_WRITE));
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** The kind of a BACKUP DATABASE. */
    BackupType type() {
        boolean differential = options.has(DIFFERENTIAL);
        if (parts.isEmpty()) {
            return differential ? BackupType.DIFFERENTIAL : BackupType.FULL;
        }
        if (readWrite) {
            return BackupType.PARTIAL;
        }
        return differential ? BackupType.FILE_DIFFERENTIAL : BackupType.FILE;
    }

    /** The name of the statement in its last message; "name" is not replaced by a real server either. */
    String shownName() {
        return statement + (parts.isEmpty() ? "" : "...FILE=<name>")
                + (options.has(DIFFERENTIAL) ? " WITH DIFFERENTIAL" : "");
    }

    /** Refuses what needs no database to be refused. */
    void check(boolean log) {
        for (BackupOption part : parts) {
            boolean file = part.name().equals("FILE");
            if (log || part.name().equals("PAGE") || file && readWrite) {
                throw Messages.failure(statement, Messages.unsupportedOption(part.name()));
            }
        }
        if (readWrite) {
            options.refuse(DIFFERENTIAL); // a real server takes it; the emulator keeps no base for it
        }
        if (!parts.isEmpty()) {
            options.refuse("SNAPSHOT", "METADATA_ONLY");
        }
    }

    /**
     * The logical names of the data files; a refusal may name the first device. A log backup takes no data, so its files need
     * not be online. Within the catalog's lock.
     */
    List<String> files(Database database, boolean log, String device) {
        List<DatabaseFile> data = database.files.stream().filter(file -> !file.log()).toList();
        if (parts.isEmpty()) {
            if (!log) {
                requireOnline(data);
            }
            return data.stream().map(DatabaseFile::logical).toList();
        }
        if (!database.recordings.all().isEmpty()) {
            throw Messages.failure(statement, Messages.cannotOpen(device,
                    "emulator(a recorded database has its recorded backups only, and none of files)", true));
        }
        if (database.name().equalsIgnoreCase("master")) {
            throw Messages.failure(statement, BackupChecks.fullOnly());
        }
        List<DatabaseFile> chosen = new ArrayList<>();
        for (BackupOption part : parts) {
            data.stream().filter(file -> takes(part, file, database) && !chosen.contains(file)).forEach(chosen::add);
            if (data.stream().noneMatch(file -> takes(part, file, database))) {
                throw Messages.failure(statement, unknown(part, database.name()));
            }
        }
        requireOnline(chosen);
        if (isSimple(database) && chosen.stream().anyMatch(BackupParts::isPrimary)) {
            throw Messages.failure(statement, ServerMessage.error(3004,
                    "The primary filegroup cannot be backed up as a file backup because the database is using the SIMPLE "
                            + "recovery model. Consider taking a partial backup by specifying READ_WRITE_FILEGROUPS."));
        }
        return chosen.stream().map(DatabaseFile::logical).toList();
    }

    private void requireOnline(List<DatabaseFile> files) {
        files.stream().filter(file -> !file.restored()).findFirst().ifPresent(file -> {
            throw Messages.failure(statement, ServerMessage.error(3007,
                    "The backup of the file or filegroup \"%s\" is not permitted because it is not online. BACKUP can be "
                            + "performed by using the FILEGROUP or FILE clauses to restrict the selection to include only "
                            + "online data.",
                    file.logical()));
        });
    }

    /** Whether the database should rather have a partial backup. */
    boolean isOfWritableFiles(Database database) {
        return !parts.isEmpty() && isSimple(database) && !database.readOnly;
    }

    private boolean isSimple(Database database) {
        return !readWrite && database.recoveryModel.equals("SIMPLE");
    }

    private boolean takes(BackupOption part, DatabaseFile file, Database database) {
        return switch (part.name()) {
            // The primary filegroup is in every partial backup, and no filegroup of its own is read-only here.
            case READ_WRITE -> !database.readOnly || isPrimary(file);
            case "FILE" -> options.value(part).equalsIgnoreCase(file.logical());
            default -> options.value(part).equalsIgnoreCase(file.filegroup());
        };
    }

    private static boolean isPrimary(DatabaseFile file) {
        return file.filegroup().equalsIgnoreCase(DatabaseFile.PRIMARY);
    }

    private ServerMessage unknown(BackupOption part, String database) {
        String name = options.value(part);
        return part.name().equals("FILE") ? Messages.unknownFile(name, database)
                : ServerMessage.error(3027, "The filegroup \"%s\" is not part of database \"%s\".", name, database);
    }
}
