package io.github.sqlvdi.emulator.internal.catalog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The folder that keeps a catalog. The file {@code catalog} has everything but the contents of backup sets, which stand in
 * files of their own: those of the history in {@code sets}, recorded streams with theirs in {@code streams}. A file is there
 * before the catalog names it, and the catalog is replaced as a whole, so a kill at any moment leaves the catalog before or
 * after a statement. What no catalog names was left by a kill, and is removed when the folder is opened.
 */
final class CatalogFolder implements AutoCloseable {

    private static final String CATALOG = "catalog";
    private static final String LOCK = "lock";
    private static final int LONGEST_OWNER = 100;
    /** The folders in use by this process. On Linux a second channel to the lock's file would end the lock when it is closed. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel lock;
    private final Path sets;
    private final Path streams;
    private int lastSavedSet;

    private CatalogFolder(Path folder, FileChannel lock) throws IOException {
        this.folder = folder;
        this.lock = lock;
        sets = Files.createDirectories(folder.resolve("sets"));
        streams = Files.createDirectories(folder.resolve("streams"));
    }

    /**
     * Opens a folder, and makes it if it is missing.
     *
     * @throws IOException if it cannot be used, or another server uses it
     */
    static CatalogFolder open(Path chosen) throws IOException {
        Path folder;
        try {
            folder = Files.createDirectories(chosen).toRealPath();
        } catch (IOException unusable) {
            throw new IOException(String.format(Locale.ROOT, "The folder %s of the catalog cannot be used: %s", chosen,
                    unusable), unusable);
        }
        if (!OPEN.add(folder)) {
            throw inUse(folder, Long.toString(ProcessHandle.current().pid()));
        }
        FileChannel lock = null;
        try {
            lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            if (lock.tryLock(0, 1, false) == null) {
                throw inUse(folder, owner(lock));
            }
            byte[] own = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
            lock.truncate(0).write(ByteBuffer.wrap(own), 1); // Windows locks the first byte for reading too
            return new CatalogFolder(folder, lock);
        } catch (IOException refused) {
            OPEN.remove(folder);
            if (lock != null) {
                lock.close();
            }
            throw refused;
        }
    }

    private static IOException inUse(Path folder, String process) {
        return new IOException(
                String.format(Locale.ROOT, "The folder %s is in use by another server, process %s", folder, process));
    }

    private static String owner(FileChannel lock) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST_OWNER);
        lock.read(text, 1);
        String owner = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
        return owner.isEmpty() ? "unknown" : owner;
    }

    private Path set(int id) {
        return sets.resolve(id + ".set");
    }

    /** Saves a catalog: after this it is what the next {@link #load} finds. */
    void save(Catalog catalog) throws IOException {
        List<Entry> entries = new ArrayList<>();
        History history = catalog.history();
        Entry head = new Entry("server").set("lastDatabase", catalog.lastId())
                .set("lastBackup", history.lastBackup()).set("lastRestore", history.lastRestore());
        entries.add(head);
        for (Database database : catalog.databases()) {
            entries.addAll(SavedDatabase.entries(database, folder));
        }
        for (History.Backup backup : history.backups()) {
            if (backup.id() > lastSavedSet) {
                EntryFile.write(set(backup.id()), SetFile.entries(backup.set()));
            }
            entries.add(SavedHistory.entry(backup));
        }
        history.restores().forEach(restore -> entries.add(SavedHistory.entry(restore)));
        EntryFile.write(folder.resolve(CATALOG), entries);
        lastSavedSet = history.lastBackup();
    }

    /**
     * Loads the saved catalog into another one.
     *
     * @return whether there was one
     * @throws IOException if a file is damaged; the message names it
     */
    boolean load(Catalog catalog) throws IOException {
        List<Entry> entries;
        try {
            entries = EntryFile.read(folder.resolve(CATALOG));
        } catch (NoSuchFileException none) {
            return false;
        }
        try {
            load(catalog, entries);
        } catch (NoSuchFileException missing) {
            throw new IOException(String.format(Locale.ROOT, "The folder %s is damaged: the catalog names %s, which is "
                    + "not there", folder, missing.getFile()), missing);
        } catch (IOException wrong) {
            throw new IOException(
                    String.format(Locale.ROOT, "The folder %s is damaged: %s", folder, wrong.getMessage()), wrong);
        }
        return true;
    }

    private void load(Catalog catalog, List<Entry> entries) throws IOException {
        History history = catalog.history();
        history.clear();
        List<Database> databases = new ArrayList<>();
        for (Entry entry : entries) {
            switch (entry.kind()) {
                case "server" -> {
                    catalog.lastId(entry.number("lastDatabase"));
                    history.numbers(entry.number("lastBackup"), entry.number("lastRestore"));
                    lastSavedSet = entry.number("lastBackup");
                }
                case SavedDatabase.KIND -> {
                    Database database = catalog.same(entry.text("name"), entry.number("id"));
                    SavedDatabase.read(entry, database);
                    databases.add(database);
                }
                case SavedHistory.BACKUP -> history.add(SavedHistory.backup(entry,
                        SetFile.contents(EntryFile.read(set(entry.number("id"))))));
                case SavedHistory.RESTORE -> history.add(SavedHistory.restore(entry));
                default -> {
                    if (databases.isEmpty()) {
                        throw new IOException("The catalog has " + entry.kind() + " before any database");
                    }
                    SavedDatabase.add(entry, databases.getLast(), folder);
                }
            }
        }
        catalog.databases(databases);
    }

    /** Copies a recorded backup into the folder. */
    Recordings.Recording keep(Recordings.Recording recording, int database, int number) throws IOException {
        List<Path> kept = new ArrayList<>();
        for (Path stripe : recording.stripes()) {
            Path copy = streams.resolve(String.format(Locale.ROOT, "%d-%d.%d", database, number, kept.size() + 1));
            Path unfinished = copy.resolveSibling(copy.getFileName() + EntryFile.UNFINISHED);
            Files.copy(stripe, unfinished, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            EntryFile.putInPlace(unfinished, copy);
            kept.add(copy);
        }
        Path set = streams.resolve(String.format(Locale.ROOT, "%d-%d.set", database, number));
        EntryFile.write(set, SetFile.entries(recording.contents()));
        return new Recordings.Recording(recording.contents(), List.copyOf(kept), set);
    }

    /** Removes the files that the catalog does not name. */
    void removeLeftOvers(Catalog catalog) throws IOException {
        Set<Path> named = new HashSet<>();
        catalog.history().backups().forEach(backup -> named.add(set(backup.id())));
        for (Database database : catalog.databases()) {
            for (Recordings.Recording recording : database.recordings.all()) {
                named.add(recording.saved());
                named.addAll(recording.stripes());
            }
        }
        for (Path part : List.of(sets, streams)) {
            try (Stream<Path> files = Files.list(part)) {
                for (Path file : files.filter(each -> !named.contains(each)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Gives the folder back. */
    @Override
    public void close() throws IOException {
        lock.close();
        OPEN.remove(folder);
    }
}
