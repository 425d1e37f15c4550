package io.github.sqlvdi.emulator.internal.catalog;

import io.github.sqlvdi.mtf.BackupType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** A database as entries of the catalog's file: one for itself, then one for each file, recording and restored stream. */
final class SavedDatabase {

    static final String KIND = "database";

    private SavedDatabase() {
    }

    static List<Entry> entries(Database database, Path folder) {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry(KIND).set("id", database.id()).set("name", database.name())
                .set("family", database.familyGuid).set("guid", database.databaseGuid).set("fork", database.forkGuid)
                .set("created", database.created).set("recoveryModel", database.recoveryModel)
                .set("state", database.state).set("standby", database.standby).set("readOnly", database.readOnly)
                .set("access", database.access).set("seed", database.seed).set("generated", database.generated)
                .set("hasBase", database.hasBase).set("hasChain", database.hasChain)
                .set("redoLsn", database.redoLsn == null ? null : database.redoLsn.toPlainString())
                .set("consistentLsn",
                        database.consistentLsn == null ? null : database.consistentLsn.toPlainString())
                .set("redoTime", database.redoTime).set("restoredBase", database.restoredBase));
        for (DatabaseFile file : database.files) {
            entries.add(new Entry("file").set("id", file.id()).set("logical", file.logical())
                    .set("physical", file.physical()).set("filegroup", file.filegroup()).set("log", file.log())
                    .set("size", file.size())
                    .set("restored", file.restored()));
        }
        for (Recordings.Recording recording : database.recordings.all()) {
            Entry entry = new Entry("recording").set("set", folder.relativize(recording.saved()));
            for (Path stripe : recording.stripes()) {
                entry.set("stripe" + (entry.values().size() - 1), folder.relativize(stripe));
            }
            entries.add(entry);
        }
        for (RestoredStream stream : database.restored) {
            entries.add(new Entry("restored").set("type", stream.type()).set("device", stream.device())
                    .set("length", stream.length()).set("sha256", stream.sha256()));
        }
        return entries;
    }

    /** Sets the fields of a database from its own entry. Its parts follow with {@link #add}. */
    static void read(Entry entry, Database database) throws IOException {
        database.familyGuid = entry.optional("family", UUID::fromString);
        database.databaseGuid = entry.get("guid", UUID::fromString);
        database.forkGuid = entry.get("fork", UUID::fromString);
        database.created = entry.get("created", LocalDateTime::parse);
        database.recoveryModel = entry.text("recoveryModel");
        database.state = entry.get("state", Database.State::valueOf);
        database.standby = entry.flag("standby");
        database.readOnly = entry.flag("readOnly");
        database.access = entry.text("access");
        database.seed = entry.longNumber("seed");
        database.generated = entry.find("generated").orElse(null);
        database.hasBase = entry.flag("hasBase");
        database.hasChain = entry.flag("hasChain");
        database.redoLsn = entry.optional("redoLsn", BigDecimal::new);
        database.consistentLsn = entry.optional("consistentLsn", BigDecimal::new);
        database.redoTime = entry.optional("redoTime", LocalDateTime::parse);
        database.restoredBase = entry.optional("restoredBase", UUID::fromString);
        database.files = new ArrayList<>();
        database.recordings = Recordings.NONE;
        database.restored.clear();
    }

    private static DatabaseFile file(Entry entry) throws IOException {
        boolean log = entry.flag("log");
        // Folders of earlier versions know no filegroups.
        String filegroup = entry.find("filegroup").orElse(log ? "" : DatabaseFile.PRIMARY);
        return new DatabaseFile(entry.number("id"), entry.text("logical"), entry.text("physical"), filegroup, log,
                entry.longNumber("size"), entry.flag("restored"));
    }

    static void add(Entry entry, Database database, Path folder) throws IOException {
        switch (entry.kind()) {
            case "file" -> database.files.add(file(entry));
            case "recording" -> {
                Path set = folder.resolve(entry.text("set"));
                List<Path> stripes = new ArrayList<>();
                for (int index = 0; entry.find("stripe" + index).isPresent(); index++) {
                    Path stripe = folder.resolve(entry.text("stripe" + index));
                    if (!Files.isRegularFile(stripe)) {
                        throw new NoSuchFileException(stripe.toString());
                    }
                    stripes.add(stripe);
                }
                List<Recordings.Recording> all = new ArrayList<>(database.recordings.all());
                all.add(new Recordings.Recording(SetFile.contents(EntryFile.read(set)), stripes, set));
                database.recordings = new Recordings(List.copyOf(all));
            }
            case "restored" -> database.restored.add(new RestoredStream(entry.get("type", BackupType::valueOf),
                    entry.text("device"), entry.longNumber("length"), entry.text("sha256")));
            default -> throw new IOException(
                    String.format(Locale.ROOT, "Database %s has a part of the unknown kind \"%s\"", database.name(),
                            entry.kind()));
        }
    }
}
