package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.catalog.BackedUpFile;
import io.github.sqlvdi.emulator.internal.catalog.BackupContents;
import io.github.sqlvdi.emulator.internal.language.BackupOption;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.mtf.BackupType;
import java.util.ArrayList;
import java.util.List;

/**
 * Which files a RESTORE DATABASE restores: all, or with PARTIAL those of the primary filegroup and of the filegroups that the
 * statement names. The log files are always restored.
 */
final class PartialRestore {

    private static final String PRIMARY = "PRIMARY";

    private final boolean partial;
    private final List<String> filegroups = new ArrayList<>();

    private PartialRestore(boolean partial) {
        this.partial = partial;
    }

    /**
     * Reads the parts of a statement.
     *
     * @throws ServerError if the statement names parts without PARTIAL, or parts that are no filegroups
     */
    static PartialRestore of(String statement, List<BackupOption> parts, Options options) {
        PartialRestore wanted = new PartialRestore(options.has("PARTIAL"));
        for (BackupOption part : parts) {
            if (!wanted.partial || !part.name().equals("FILEGROUP")) {
                throw Messages.failure(statement, Messages.unsupportedOption(part.name()));
            }
            wanted.filegroups.add(options.value(part));
        }
        return wanted;
    }

    /** Refuses a backup set that PARTIAL cannot begin with, and filegroups that it does not have (inferred). */
    void check(BackupContents contents, String database) {
        if (partial && contents.type() != BackupType.FULL) {
            throw new ServerError(Messages.unsupportedOption("PARTIAL"));
        }
        for (String filegroup : filegroups) {
            if (contents.files().stream().noneMatch(file -> filegroup.equalsIgnoreCase(file.filegroup()))) {
                throw new ServerError(ServerMessage.error(3234,
                        "Logical file '%s' is not part of database '%s'. Use RESTORE FILELISTONLY to list the logical "
                                + "file names.",
                        filegroup, database).withState(2));
            }
        }
    }

    boolean restores(BackedUpFile file) {
        return !partial || file.log() || file.filegroup().isEmpty() || file.filegroup().equalsIgnoreCase(PRIMARY)
                || filegroups.stream().anyMatch(file.filegroup()::equalsIgnoreCase);
    }
}
