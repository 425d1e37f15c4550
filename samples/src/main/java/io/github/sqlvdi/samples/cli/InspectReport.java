package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.mtf.BackupFile;
import io.github.sqlvdi.mtf.BackupHeader;
import io.github.sqlvdi.mtf.Column;
import io.github.sqlvdi.mtf.ColumnValue;
import io.github.sqlvdi.mtf.Evidence;
import io.github.sqlvdi.mtf.FileColumns;
import io.github.sqlvdi.mtf.MediaLabel;
import io.github.sqlvdi.mtf.StreamReport;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Inspected files in words and tables. */
final class InspectReport {

    private InspectReport() {
    }

    static List<String> of(List<InspectedFile> files, List<InspectedSet> sets) {
        List<String> lines = new ArrayList<>();
        for (InspectedFile file : files) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(of(file));
        }
        for (InspectedSet set : sets) {
            if (set.files().size() > 1 || !set.problems().isEmpty()) {
                lines.add("");
                lines.addAll(of(set));
            }
        }
        return lines;
    }

    private static List<String> of(InspectedFile file) {
        StreamReport report = file.report();
        List<String> lines = new ArrayList<>();
        lines.add(SetReport.printable(file.name()) + ": " + SetReport.printable(file.verdict()));
        report.remarks().forEach(remark -> lines.add("  note: " + SetReport.printable(remark)));
        if (report.label().isEmpty()) {
            return lines;
        }
        lines.add("");
        lines.add("  Stream");
        lines.addAll(indented(stream(file)));
        MediaLabel label = report.label().get();
        lines.add("");
        lines.add("  Label (RESTORE LABELONLY)");
        lines.addAll(indented(columns(label.columns(), label::get)));
        report.header().ifPresent(header -> {
            lines.add("");
            lines.add(header.isFinal() ? "  Header (RESTORE HEADERONLY)"
                    : "  Header (preliminary: the end of the stream, with the final values, is missing)");
            lines.addAll(indented(columns(header.columns(), header::get)));
            lines.add("");
            lines.add("  Files (RESTORE FILELISTONLY)");
            lines.addAll(indented(files(report.files())));
        });
        return lines;
    }

    private static TextTable stream(InspectedFile file) {
        StreamReport report = file.report();
        TextTable table = new TextTable("", "");
        table.add("length", String.format(Locale.ROOT, "%,d bytes", report.length())
                + (file.wrapping().isEmpty() ? "" : ", unpacked from " + file.wrapping()));
        report.compressionAlgorithm().ifPresent(algorithm -> table.add("compression",
                algorithm + (report.isEncrypted() ? ", encrypted" : "")
                        + String.format(Locale.ROOT, ", %,d bytes expanded", report.expandedLength())));
        report.label()
                .ifPresent(label -> table.add("sectors", String.format(Locale.ROOT, "%,d bytes", label.sectorSize())));
        report.header().flatMap(BackupHeader::utcOffset).ifPresent(offset -> table.add("time zone",
                offset.getTotalSeconds() == 0 ? "UTC" : "UTC" + offset));
        table.add("pages", String.format(Locale.ROOT, "%,d", report.pageCount()));
        table.add("log", String.format(Locale.ROOT, "%,d bytes, %,d virtual log files", report.logBytes(),
                report.logRangeCount()));
        table.add("checksums",
                String.format(Locale.ROOT, "%,d in the stream, %,d agree, %,d differ", report.checksums().present(),
                        report.checksums().agreed(), report.checksums().differing()));
        table.add("page checksums", String.format(Locale.ROOT, "%,d computed, %,d differ",
                report.pageChecksums().checked(), report.pageChecksums().differing()));
        return table;
    }

    /**
     * Makes one line for each column. A question mark marks a guess; columns that the stream does not hold are left
     * out.
     */
    private static TextTable columns(List<Column<?>> columns, Function<Column<?>, ColumnValue<?>> values) {
        TextTable table = new TextTable("", "");
        for (Column<?> column : columns) {
            ColumnValue<?> value = values.apply(column);
            if (value.isInStream()) {
                table.add(column.name() + (column.evidence() == Evidence.GUESSED ? " ?" : ""), text(value));
            }
        }
        return table;
    }

    private static TextTable files(List<BackupFile> files) {
        TextTable table =
                new TextTable("id", "type", "logical name", "size", "in backup", "filegroup", "physical name");
        for (BackupFile file : files) {
            table.add(file.fileId(), text(file.get(FileColumns.TYPE)), SetReport.printable(file.logicalName()),
                    file.size(), file.get(FileColumns.BACKUP_SIZE_IN_BYTES).toOptional().orElse(0L),
                    file.get(FileColumns.FILE_GROUP_NAME).toOptional().map(SetReport::printable).orElse("-"),
                    SetReport.printable(file.physicalName()));
        }
        return table;
    }

    private static String text(ColumnValue<?> value) {
        return switch (value.orNull()) {
            case Boolean bit -> bit ? "1" : "0";
            case LocalDateTime date -> date.format(InspectJson.DATE);
            case null, default -> SetReport.printable(value.toString());
        };
    }

    private static List<String> of(InspectedSet set) {
        List<String> lines = new ArrayList<>();
        String names = String.join(", ", set.files().stream().map(it -> SetReport.printable(it.name())).toList());
        List<String> problems = set.problems();
        lines.add("Media set of " + names + ": " + (problems.isEmpty()
                ? String.format(Locale.ROOT, "complete, %d famil%s%s", set.media().familyCount(),
                        set.media().familyCount() == 1 ? "y" : "ies",
                        set.media().isInOrder() ? "" : ", in another order")
                : String.format(Locale.ROOT, "%d problem%s", problems.size(), problems.size() == 1 ? "" : "s")));
        problems.forEach(problem -> lines.add("  " + SetReport.printable(problem)));
        return lines;
    }

    private static List<String> indented(TextTable table) {
        return table.lines().stream().filter(line -> !line.isEmpty()).map(line -> "    " + line).toList();
    }
}
