package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.jdbc.BackupSetFiles;
import io.github.sqlvdi.storage.store.StoredObject;
import io.github.sqlvdi.storage.store.Stores;
import io.github.sqlvdi.stream.Pipeline;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The backups among which a restore looks for the sets that it needs. A folder, or a prefix in a store, stands for the
 * backups below it that have a manifest: those that their servers have called good.
 */
final class ChainFiles {

    private ChainFiles() {
    }

    /** {@return whether one of the names stands for what lies below it} */
    static boolean haveFolder(List<Path> names) {
        return names.stream().anyMatch(StorePath::isFolder);
    }

    /**
     * {@return the names with the backups below a folder in its place}
     *
     * @param notes gets a line about content without a manifest
     */
    static List<Path> below(List<Path> names, PrintWriter notes) throws FailedException, IOException {
        List<Path> files = new ArrayList<>();
        for (Path name : names) {
            if (StorePath.isFolder(name)) {
                files.addAll(below(name, notes));
            } else {
                files.add(name);
            }
        }
        return files;
    }

    private static List<Path> below(Path folder, PrintWriter notes) throws FailedException, IOException {
        List<StoredObject> content = StorePath.list(folder);
        List<StoredObject> backups = Stores.withManifest(content);
        long others = content.stream().filter(it -> !Stores.isManifest(it.location())).count() - backups.size();
        if (others > 0) {
            notes.println(String.format(Locale.ROOT,
                    "sqlvdi: note: %s has %,d file%s without a manifest, left aside: name a backup among them to use it.",
                    folder, others, others == 1 ? "" : "s"));
        }
        if (backups.isEmpty()) {
            throw new FailedException(folder + ": no backup with a manifest is there. Name the files of the backup.");
        }
        return backups.stream().map(it -> StorePath.of(it.location())).toList();
    }

    /**
     * {@return the complete sets among the backups below folders}
     *
     * @param unusable gets the reason for each stream or set that cannot be used
     * @param database chooses between the sets of several databases
     */
    static List<BackupSetFiles> sets(List<Path> files, Optional<Pipeline> pipeline, String database,
            Consumer<IOException> unusable) throws FailedException {
        List<BackupSetFiles> sets = BackupSetFiles.group(StoredPaths.of(files, pipeline), unusable);
        TreeSet<String> databases = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        sets.forEach(set -> databases.add(set.header().databaseName()));
        if (databases.size() < 2) {
            return sets;
        }
        if (!databases.contains(database)) {
            throw new FailedException(String.format(Locale.ROOT,
                    "The backups are of several databases: %s. Name the files of one of them.", databases));
        }
        return sets.stream().filter(set -> set.header().databaseName().equalsIgnoreCase(database)).toList();
    }
}
