package io.github.sqlvdi.stream;

import io.github.sqlvdi.mtf.MediaLabel;
import io.github.sqlvdi.mtf.MediaSet;
import io.github.sqlvdi.mtf.StreamReport;
import io.github.sqlvdi.mtf.Wholeness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the warnings about the streams of a backup whose verdict is good. */
final class StreamWarnings {

    private StreamWarnings() {
    }

    static List<String> of(List<String> deviceNames, List<Optional<StreamReport>> streams) {
        List<String> warnings = new ArrayList<>();
        List<MediaLabel> labels = new ArrayList<>();
        for (int device = 0; device < streams.size(); device++) {
            Optional<StreamReport> stream = streams.get(device);
            Wholeness wholeness = stream.map(StreamReport::wholeness).orElse(Wholeness.UNKNOWN);
            if (stream.isPresent() && (wholeness == Wholeness.INCOMPLETE || wholeness == Wholeness.DAMAGED)) {
                warnings.add(
                        "Device " + deviceNames.get(device) + ": the server calls the backup good, but its stream is "
                                + stream.get().verdict());
            }
            stream.flatMap(StreamReport::label).ifPresent(labels::add);
        }
        if (labels.size() == streams.size() && !labels.isEmpty()) {
            MediaSet.ofLabels(labels).problems()
                    .forEach(problem -> warnings.add("The server calls the backup good, but " + problem));
        }
        return warnings;
    }
}
