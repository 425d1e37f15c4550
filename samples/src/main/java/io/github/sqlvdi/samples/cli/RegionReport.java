package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.embedded.ControlRegion;
import io.github.sqlvdi.embedded.ControlRegion.Check;
import io.github.sqlvdi.embedded.ControlRegion.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Control regions as text: a heading for each section, then a line for each field with its offset, name and value.
 * DAMAGED marks a field whose check failed.
 */
final class RegionReport {

    private RegionReport() {
    }

    static List<String> of(List<ControlRegion> regions) {
        List<String> lines = new ArrayList<>();
        for (ControlRegion region : regions) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add(SetReport.printable(region.name()) + " on " + SetReport.printable(region.instance()));
            String section = "";
            for (Field field : region.fields()) {
                if (!field.section().equals(section)) {
                    section = field.section();
                    lines.add("  " + section);
                }
                lines.add(String.format(Locale.ROOT, "    %,9d  %-25s  %s%s", field.offset(), field.name(),
                        SetReport.printable(field.value()), mark(field.check())));
            }
        }
        return lines;
    }

    private static String mark(Check check) {
        return switch (check) {
            case NONE -> "";
            case VALID -> "  (check ok)";
            case DAMAGED -> "  DAMAGED";
        };
    }

    static boolean isDamaged(List<ControlRegion> regions) {
        return regions.stream().flatMap(region -> region.fields().stream())
                .anyMatch(field -> field.check() == Check.DAMAGED);
    }
}
