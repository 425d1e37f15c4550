package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.mtf.BackupHeader;
import io.github.sqlvdi.mtf.Column;
import io.github.sqlvdi.mtf.ColumnValue;
import io.github.sqlvdi.mtf.DataChecksums;
import io.github.sqlvdi.mtf.Evidence;
import io.github.sqlvdi.mtf.Filegroup;
import io.github.sqlvdi.mtf.LogRange;
import io.github.sqlvdi.mtf.StreamReport;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Inspected files as JSON. Columns have SQL Server's names; NULL is null, a column that the stream does not hold is
 * left out, and {@code guessed} lists the columns whose place in the format is a guess. LSNs and GUIDs are strings,
 * dates have no zone.
 */
final class InspectJson {

    /** Dates as SQL Server's tools print them. */
    static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private InspectJson() {
    }

    static String of(List<InspectedFile> files, List<InspectedSet> sets, boolean good) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("good", good);
        document.put("files", files.stream().map(InspectJson::of).toList());
        document.put("mediaSets", sets.stream().map(InspectJson::of).toList());
        return Json.of(document);
    }

    private static Map<String, Object> of(InspectedFile file) {
        StreamReport report = file.report();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file.name());
        json.put("whole", file.isWhole());
        json.put("verdict", file.verdict());
        json.put("wholeness", report.wholeness().name());
        json.put("offence", report.offence()
                .map(offence -> Map.of("offset", offence.offset(), "words", offence.words())).orElse(null));
        json.put("remarks", report.remarks());
        json.put("wrapping", file.wrapping().isEmpty() ? null : file.wrapping());
        json.put("length", report.length());
        json.put("expandedLength", report.expandedLength());
        json.put("compression", report.compressionAlgorithm().orElse(null));
        json.put("encrypted", report.isEncrypted());
        json.put("pages", report.pageCount());
        json.put("logBytes", report.logBytes());
        json.put("checksums", checksums(report.checksums()));
        json.put("pageChecksums", Map.of("checked", report.pageChecksums().checked(), "differing",
                report.pageChecksums().differing()));
        List<String> guessed = new ArrayList<>();
        report.label().ifPresent(label -> {
            json.put("sectorSize", label.sectorSize());
            json.put("label", row(label.columns(), label::get, guessed));
        });
        report.header().ifPresent(header -> {
            json.put("final", header.isFinal());
            json.put("utcOffset", header.utcOffset().map(ZoneOffset::getId).orElse(null));
            json.put("header", row(header.columns(), header::get, guessed));
            json.put("preliminaryHeader", preliminary(report));
            json.put("fileList",
                    report.files().stream().map(it -> row(it.columns(), it::get, new ArrayList<>())).toList());
            json.put("filegroups", report.filegroups().stream().map(InspectJson::of).toList());
            json.put("logRanges",
                    report.logRanges().stream().filter(LogRange::isCovered).map(InspectJson::of).toList());
        });
        json.put("guessed", guessed);
        return json;
    }

    private static Map<String, Object> checksums(DataChecksums checksums) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("present", checksums.present());
        json.put("agreed", checksums.agreed());
        json.put("differing", checksums.differing());
        return json;
    }

    private static Map<String, Object> of(Filegroup filegroup) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("FileGroupId", filegroup.id());
        json.put("FileGroupName", filegroup.name());
        return json;
    }

    private static Map<String, Object> of(LogRange range) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("FileId", range.fileId());
        json.put("sequence", range.sequence());
        json.put("start", range.start());
        json.put("end", range.end());
        return json;
    }

    private static Object preliminary(StreamReport report) {
        BackupHeader header = report.preliminaryHeader().orElseThrow();
        return row(header.columns(), header::get, new ArrayList<>());
    }

    private static Map<String, Object> row(List<Column<?>> columns, Function<Column<?>, ColumnValue<?>> values,
            List<String> guessed) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (Column<?> column : columns) {
            ColumnValue<?> value = values.apply(column);
            if (value.isInStream()) {
                row.put(column.name(), json(value));
                if (column.evidence() == Evidence.GUESSED) {
                    guessed.add(column.name());
                }
            }
        }
        return row;
    }

    private static Object json(ColumnValue<?> value) {
        return switch (value.orNull()) {
            case null -> null;
            case Number number -> number;
            case Boolean bit -> bit;
            case LocalDateTime date -> date.toString();
            default -> value.toString();
        };
    }

    private static Map<String, Object> of(InspectedSet set) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("files", set.files().stream().map(InspectedFile::name).toList());
        json.put("familyCount", set.media().familyCount());
        json.put("complete", set.problems().isEmpty() && set.files().stream().allMatch(InspectedFile::isWhole));
        json.put("inOrder", set.media().isInOrder());
        json.put("problems", set.media().problems());
        return json;
    }
}
