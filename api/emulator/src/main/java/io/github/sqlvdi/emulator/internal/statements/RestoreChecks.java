package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.catalog.BackedUpFile;
import io.github.sqlvdi.emulator.internal.catalog.BackupContents;
import io.github.sqlvdi.emulator.internal.catalog.Catalog;
import io.github.sqlvdi.emulator.internal.catalog.Database;
import io.github.sqlvdi.emulator.internal.catalog.DatabaseFile;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.HeaderColumns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Whether a backup set can be restored to a database. Within the catalog's lock. */
final class RestoreChecks {

    private final Catalog catalog;
    private final String target;
    private final Options options;
    private final RestoreParts part;

    RestoreChecks(Catalog catalog, String target, Options options, RestoreParts part) {
        this.catalog = catalog;
        this.target = target;
        this.options = options;
        this.part = part;
    }

    /** Throws the messages that refuse the set. */
    void check(BackupContents contents, boolean log) {
        Database existing = catalog.find(target).orElse(null);
        boolean ofFiles = part.isOfFiles(contents);
        boolean full = contents.beginsRestore() && !ofFiles;
        if (log == (contents.type() != BackupType.LOG)) {
            throw new ServerError(
                    ServerMessage.error(3120, "This backup set will not be restored because all data has already "
                            + "been restored to a point beyond the time covered by this backup set."));
        }
        part.check(contents, target);
        if (existing == null && !full) {
            throw new ServerError(ServerMessage.error(3118,
                    "The database \"%s\" does not exist. RESTORE can only create a "
                            + "database when restoring either a full backup or a file backup of the primary file.",
                    target));
        }
        if (existing != null) {
            checkExisting(existing, contents, full);
        }
        if (full) {
            checkFiles(contents);
        } else if (ofFiles && !options.moves().isEmpty()) {
            // The files of an existing database stay where they are.
            throw new ServerError(Messages.unsupportedOption("MOVE"));
        }
    }

    private void checkExisting(Database existing, BackupContents contents, boolean full) {
        boolean replaced = options.has("REPLACE") && full;
        if (!replaced && existing.familyGuid != null && !existing.familyGuid.equals(contents.family())) {
            throw new ServerError(
                    ServerMessage.error(3154, "The backup set holds a backup of a database other than the "
                            + "existing '%s' database.", target).withState(4));
        }
        boolean restoring = existing.state == Database.State.RESTORING || existing.standby;
        if (full) {
            if (!restoring && !replaced && !options.has("STOPAT") && existing.recoveryModel.equals("FULL")
                    && existing.hasChain) {
                throw new ServerError(tailMissing());
            }
            return;
        }
        boolean ofFiles = part.isOfFiles(contents);
        if (ofFiles && !restoring) {
            throw new ServerError(tailMissing()); // no online restore here
        }
        if (ofFiles && !contents.type().isDifferential() && (existing.redoLsn != null
                || existing.consistentLsn != null)) {
            return;
        }
        if (!restoring || existing.redoLsn == null) {
            throw new ServerError(ServerMessage.error(3117,
                    "The log or differential backup cannot be restored because no files are ready to rollforward."));
        }
        if (contents.type() == BackupType.LOG) {
            checkLog(existing, contents);
        } else if (!contents.get(HeaderColumns.DIFFERENTIAL_BASE_GUID).equals(existing.restoredBase)) {
            throw new ServerError(
                    ServerMessage.error(3136, "This differential backup cannot be restored because the database "
                            + "has not been restored to the correct earlier state."));
        }
    }

    private ServerMessage tailMissing() {
        return ServerMessage.error(3159, "The tail of the log for the database \"%s\" has not been backed "
                + "up. Use BACKUP LOG WITH NORECOVERY to backup the log if it contains work you do not want to lose. "
                + "Use the WITH REPLACE or WITH STOPAT clause of the RESTORE statement to just overwrite the contents "
                + "of the log.", target);
    }

    private static void checkLog(Database existing, BackupContents contents) {
        BigDecimal first = contents.lsn(HeaderColumns.FIRST_LSN);
        BigDecimal last = contents.lsn(HeaderColumns.LAST_LSN);
        if (first != null && first.compareTo(existing.redoLsn) > 0) {
            throw new ServerError(ServerMessage.error(4305,
                    "The log in this backup set begins at LSN %s, which is too recent to "
                            + "apply to the database. An earlier log backup that includes LSN %s can be restored.",
                    first.toPlainString(), existing.redoLsn.toPlainString()));
        }
        if (last != null && last.signum() > 0 && last.compareTo(existing.redoLsn) < 0) {
            throw new ServerError(ServerMessage.error(4326,
                    "The log in this backup set terminates at LSN %s, which is too early "
                            + "to apply to the database. A more recent log backup that includes LSN %s can be restored.",
                    last.toPlainString(), existing.redoLsn.toPlainString()));
        }
    }

    private void checkFiles(BackupContents contents) {
        for (String[] move : options.moves()) {
            if (contents.files().stream().noneMatch(file -> file.logicalName().equalsIgnoreCase(move[0]))) {
                throw new ServerError(Messages.unknownFile(move[0], target));
            }
        }
        List<ServerMessage> problems = new ArrayList<>();
        for (DatabaseFile file : files(contents)) {
            for (Database other : catalog.databases()) {
                if (file.restored() && !other.name().equalsIgnoreCase(target) && other.files.stream()
                        .anyMatch(each -> each.physical().equalsIgnoreCase(file.physical()))) {
                    problems.add(ServerMessage.error(1834,
                            "The file '%s' cannot be overwritten.  It is being used by database "
                                    + "'%s'.",
                            file.physical(), other.name()));
                    problems.add(
                            ServerMessage
                                    .error(3156, "File '%s' cannot be restored to '%s'. Use WITH MOVE to identify a "
                                            + "valid location for the file.", file.logical(), file.physical())
                                    .withState(4));
                }
            }
        }
        if (!problems.isEmpty()) {
            problems.add(ServerMessage.error(3119,
                    "Problems were identified while planning for the RESTORE statement. Previous "
                            + "messages provide details."));
            throw new ServerError(problems);
        }
    }

    /** The files as MOVE places them. */
    List<DatabaseFile> files(BackupContents contents) {
        List<DatabaseFile> files = new ArrayList<>();
        for (BackedUpFile file : contents.files()) {
            String physical = options.moves().stream().filter(move -> move[0].equalsIgnoreCase(file.logicalName()))
                    .map(move -> move[1]).findFirst().orElse(file.physicalName());
            files.add(new DatabaseFile((int) file.fileId(), file.logicalName(), physical, file.filegroup(), file.log(),
                    file.size(), part.restores(file)));
        }
        // A stream lists the files by their filegroups.
        files.sort(Comparator.comparing(DatabaseFile::log).thenComparing(DatabaseFile::id));
        return files;
    }
}
