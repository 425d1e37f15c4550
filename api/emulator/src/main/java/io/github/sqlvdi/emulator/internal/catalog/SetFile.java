package io.github.sqlvdi.emulator.internal.catalog;

import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.Column;
import io.github.sqlvdi.mtf.FileColumns;
import io.github.sqlvdi.mtf.HeaderColumns;
import io.github.sqlvdi.mtf.LabelColumns;
import io.github.sqlvdi.mtf.Lsn;
import io.github.sqlvdi.mtf.RecoveryModel;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Backup sets as entries of a file of the catalog. */
final class SetFile {

    private SetFile() {
    }

    static List<Entry> entries(BackupContents set) {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry("set").set("type", set.type()).set("recoveryModel", set.recoveryModel())
                .set("timeZone", set.timeZone()).set("compression", set.compression()));
        entries.add(values(new Entry("label"), set.label()));
        entries.add(values(new Entry("header"), set.header()));
        for (BackedUpFile file : set.files()) {
            entries.add(values(new Entry("file").set("log", file.log()).set("pages", file.pages()), file.values()));
        }
        return entries;
    }

    private static Entry values(Entry entry, Map<Column<?>, Object> values) {
        values.forEach((column, value) -> entry.set(column.name(),
                value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value));
        return entry;
    }

    static BackupContents contents(List<Entry> entries) throws IOException {
        if (entries.size() < 3) {
            throw new IOException("A backup set has " + entries.size() + " entries: expected set, label and header");
        }
        Entry set = entries.getFirst();
        List<BackedUpFile> files = new ArrayList<>();
        for (Entry file : entries.subList(3, entries.size())) {
            files.add(new BackedUpFile(file.flag("log"), file.longNumber("pages"), values(file, FileColumns.ALL)));
        }
        return new BackupContents(set.get("type", BackupType::valueOf),
                set.optional("recoveryModel", RecoveryModel::valueOf), set.optional("timeZone", Integer::valueOf),
                set.find("compression").orElse(null), values(entries.get(1), LabelColumns.ALL),
                values(entries.get(2), HeaderColumns.ALL), List.copyOf(files));
    }

    private static Map<Column<?>, Object> values(Entry entry, List<Column<?>> columns) throws IOException {
        Map<Column<?>, Object> values = new HashMap<>();
        for (Column<?> column : columns) {
            Object value = entry.optional(column.name(), text -> value(column.type(), text));
            if (value != null) {
                values.put(column, value);
            }
        }
        return Map.copyOf(values);
    }

    private static Object value(Class<?> type, String text) {
        if (type == Integer.class) {
            return Integer.valueOf(text);
        }
        if (type == Long.class) {
            return Long.valueOf(text);
        }
        if (type == Boolean.class) {
            return Boolean.valueOf(text);
        }
        if (type == UUID.class) {
            return UUID.fromString(text);
        }
        if (type == Lsn.class) {
            return Lsn.parse(text);
        }
        if (type == LocalDateTime.class) {
            return LocalDateTime.parse(text);
        }
        return type == byte[].class ? HexFormat.of().parseHex(text) : text;
    }
}
