package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.catalog.BackedUpFile;
import io.github.sqlvdi.emulator.internal.catalog.BackupContents;
import io.github.sqlvdi.emulator.internal.catalog.DatabaseFile;
import io.github.sqlvdi.emulator.internal.language.BackupOption;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Which files a RESTORE DATABASE restores: all of the backup set, those of FILE and FILEGROUP, or with PARTIAL those of the
 * primary filegroup and of the filegroups that the statement names. The log files are always restored.
 */
final class RestoreParts {

    private final boolean partial;
    private final List<String> files = new ArrayList<>();
    private final List<String> filegroups = new ArrayList<>();
    private boolean readWrite;

    private RestoreParts(boolean partial) {
        this.partial = partial;
    }

    /**
     * Reads the parts of a statement.
     *
     * @throws ServerError if the statement names pages, or files with PARTIAL
     */
    static RestoreParts of(String statement, List<BackupOption> parts, Options options) {
        RestoreParts wanted = new RestoreParts(options.has("PARTIAL"));
        for (BackupOption part : parts) {
            switch (part.name()) {
                case "FILEGROUP" -> wanted.filegroups.add(options.value(part));
                case "READ_WRITE_FILEGROUPS" -> wanted.readWrite = true;
                case "FILE" -> wanted.files.add(options.value(part));
                default -> throw Messages.failure(statement, Messages.unsupportedOption(part.name()));
            }
        }
        if (!wanted.files.isEmpty() && (wanted.partial || wanted.readWrite)) {
            throw Messages.failure(statement, Messages.unsupportedOption("FILE"));
        }
        return wanted;
    }

    /** Refuses a backup set that PARTIAL cannot begin with, and files that it does not have (inferred). */
    void check(BackupContents contents, String database) {
        if (partial && !contents.beginsRestore()) {
            throw new ServerError(Messages.unsupportedOption("PARTIAL"));
        }
        for (String filegroup : filegroups) {
            List<BackedUpFile> members = contents.files().stream()
                    .filter(file -> filegroup.equalsIgnoreCase(file.filegroup())).toList();
            if (members.isEmpty()) {
                throw new ServerError(Messages.unknownFile(filegroup, database));
            }
            if (members.stream().noneMatch(BackedUpFile::isPresent)) {
                throw new ServerError(ServerMessage.error(3034, "No files were selected to be processed. You may have "
                        + "selected one or more filegroups that have no members."));
            }
        }
        for (String name : files) {
            if (contents.files().stream().noneMatch(file -> !file.log() && file.isPresent()
                    && name.equalsIgnoreCase(file.logicalName()))) {
                throw new ServerError(Messages.unknownFile(name, database));
            }
        }
    }

    /** Whether files of a database that exists are restored, and the others stay as they are. */
    boolean isOfFiles(BackupContents contents) {
        return contents.ofFiles() || !partial && !readWrite && !(files.isEmpty() && filegroups.isEmpty());
    }

    boolean restores(BackedUpFile file) {
        if (file.log() || readWrite) {
            return file.isPresent();
        }
        boolean named = files.stream().anyMatch(file.logicalName()::equalsIgnoreCase)
                || filegroups.stream().anyMatch(file.filegroup()::equalsIgnoreCase);
        boolean unnamed = partial
                ? file.filegroup().isEmpty() || file.filegroup().equalsIgnoreCase(DatabaseFile.PRIMARY)
                : files.isEmpty() && filegroups.isEmpty();
        return file.isPresent() && (named || unnamed);
    }
}
