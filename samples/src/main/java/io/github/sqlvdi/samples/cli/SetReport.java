package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.embedded.EmbeddedSet;
import io.github.sqlvdi.embedded.EmbeddedSet.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Live device sets in words. */
final class SetReport {

    private static final int LAST_CONTROL = 0x9f;

    private SetReport() {
    }

    static List<String> of(List<EmbeddedSet> sets) {
        if (sets.isEmpty()) {
            return List.of("No live device sets of this user.");
        }
        List<String> lines = new ArrayList<>();
        for (EmbeddedSet set : sets) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(of(set));
        }
        return lines;
    }

    private static List<String> of(EmbeddedSet set) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%s on %s: %s%s, %d device%s, %d buffer area%s", printable(set.name()),
                printable(set.instance()), word(set.phase()),
                set.abortReason().map(reason -> ", aborted (" + reason.meaning() + ")").orElse(""),
                set.devices().size(),
                plural(set.devices().size()), set.bufferAreas(), plural(set.bufferAreas())));
        lines.add("  features   " + Features.describe(set.features()));
        lines.add("  processes  " + set.processes().stream()
                .map(process -> word(process.role()) + " " + process.pid()).collect(Collectors.joining(", ")));
        TextTable table =
                new TextTable("device", "state", "process", "sent", "fetched", "completed", "queued", "active");
        for (Device device : set.devices()) {
            table.add(device.name().map(SetReport::printable).orElse("-"), word(device.state()),
                    device.ownerPid().isEmpty() ? "-" : Long.toString(device.ownerPid().getAsLong()), device.sent(),
                    device.fetched(),
                    device.completed(), device.queued(), device.active());
        }
        table.lines().forEach(line -> lines.add("  " + line));
        return lines;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String plural(int count) {
        return count == 1 ? "" : "s";
    }

    /** {@return the name with its control characters escaped, because a terminal would interpret them} */
    static String printable(String name) {
        return name.chars().mapToObj(unit -> unit < ' ' || unit > '~' && unit <= LAST_CONTROL
                ? String.format(Locale.ROOT, "\\u%04x", unit)
                : Character.toString(unit)).collect(Collectors.joining());
    }
}
