package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.mtf.StreamReport;
import io.github.sqlvdi.stream.StoredStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Streams that were read, by the id of their media set. A stream without an id is alone. */
final class SetsByMedia {

    private final Map<Object, Stripes> sets = new LinkedHashMap<>();

    /** The streams of one media set, and the report of each. */
    record Stripes(List<StoredStream> streams, List<StreamReport> reports) {
    }

    void add(StoredStream stream, StreamReport report) {
        Object id = report.label().flatMap(label -> label.mediaSetId().toOptional()).map(Object.class::cast)
                .orElse(stream);
        Stripes set = sets.computeIfAbsent(id, key -> new Stripes(new ArrayList<>(), new ArrayList<>()));
        set.streams.add(stream);
        set.reports.add(report);
    }

    /** {@return the sets, in the order of their first streams} */
    Collection<Stripes> all() {
        return sets.values();
    }
}
