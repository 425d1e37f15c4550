package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.catalog.BackedUpFile;
import io.github.sqlvdi.emulator.internal.catalog.BackupContents;
import io.github.sqlvdi.emulator.internal.catalog.ServerIdentity;
import io.github.sqlvdi.emulator.internal.query.Relation;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Kind;
import io.github.sqlvdi.mtf.Column;
import io.github.sqlvdi.mtf.FileColumns;
import io.github.sqlvdi.mtf.HeaderColumns;
import io.github.sqlvdi.mtf.LabelColumns;
import io.github.sqlvdi.mtf.Lsn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The result sets of the three header statements, with the types that SQL Server 2022 sends (TDS reference 8.3). */
final class BackupRows {

    private static final int SQL_SERVER_2022 = 16;
    private static final Set<String> NEWEST = Set.of("LastValidRestoreTime", "TimeZone", "CompressionAlgorithm");
    /** Types on the wire that differ from those of the documentation. */
    private static final Map<String,
            DataType> WIRE = Map.of("BackupType", DataType.TINYINT, "Compressed", DataType.TINYINT,
                    "BackupSize", DataType.BIGINT, "BackupTypeDescription", DataType.nvarchar(128),
                    "CompressedBackupSize",
                    DataType.BIGINT, "TimeZone", DataType.SMALLINT, "Type", new DataType(Kind.NCHAR, 1, 0, 0), "Size",
                    DataType.BIGINT, "MaxSize", DataType.BIGINT);

    private BackupRows() {
    }

    /** The headers of the backup sets of a medium, in their order: the first is at position {@code first}. */
    static Relation headers(List<BackupContents> sets, int first, ServerIdentity server, int deviceType) {
        Relation.Builder rows = new Relation.Builder();
        List<Column<?>> columns = HeaderColumns.ALL.stream()
                .filter(column -> server.major() >= SQL_SERVER_2022 || !NEWEST.contains(column.name())).toList();
        columns.forEach(column -> add(rows, column));
        for (int index = 0; index < sets.size(); index++) {
            rows.row(header(columns, sets.get(index), first + index, deviceType));
        }
        return rows.build();
    }

    private static Object[] header(List<Column<?>> columns, BackupContents contents, int position, int deviceType) {
        List<Object> values = new ArrayList<>();
        for (Column<?> column : columns) {
            Object value = contents.header().get(column);
            values.add(switch (column.name()) {
                case "DeviceType" -> deviceType;
                case "Compressed" -> contents.compression() == null ? 0 : 1;
                case "Position" -> position;
                case "TimeZone" -> contents.timeZone();
                case "CompressionAlgorithm" -> contents.compression();
                case "CodePage", "Containment" -> 0;
                default -> shown(value);
            });
        }
        return values.toArray();
    }

    static Relation files(BackupContents contents) {
        Relation.Builder rows = new Relation.Builder();
        FileColumns.ALL.forEach(column -> add(rows, column));
        for (BackedUpFile file : contents.files()) {
            List<Object> values = new ArrayList<>();
            for (Column<?> column : FileColumns.ALL) {
                Object value = file.values().get(column);
                values.add(switch (column.name()) {
                    case "IsReadOnly" -> value == null ? false : value;
                    case "IsPresent" -> value == null ? true : value;
                    default -> shown(value);
                });
            }
            rows.row(values.toArray());
        }
        return rows.build();
    }

    static Relation label(Map<Column<?>, Object> label) {
        Relation.Builder rows = new Relation.Builder();
        List<Object> values = new ArrayList<>();
        for (Column<?> column : LabelColumns.ALL) {
            if (column.name().equals("MirrorCount")) {
                rows.columns(DataType.INT, "Mirror_Count"); // the name that the documentation shows
            } else {
                add(rows, column);
            }
            values.add(shown(label.get(column)));
        }
        return rows.row(values.toArray()).build();
    }

    private static void add(Relation.Builder rows, Column<?> column) {
        rows.columns(WIRE.getOrDefault(column.name(), type(column.sqlType())), column.name());
    }

    /** A type as the documentation writes it, for example nvarchar(128). */
    private static DataType type(String text) {
        int open = text.indexOf('(');
        if (open < 0) {
            return DataType.named(text).orElseThrow();
        }
        String[] sizes = text.substring(open + 1, text.indexOf(')')).split(",");
        return DataType.named(text.substring(0, open)).orElseThrow().sized(
                sizes[0].equals("max") ? DataType.MAX : Integer.parseInt(sizes[0].strip()),
                sizes.length > 1 ? Integer.parseInt(sizes[1].strip()) : 0);
    }

    private static Object shown(Object value) {
        return value instanceof Lsn lsn ? lsn.toBigDecimal() : value;
    }
}
