package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.mtf.ColumnValue;
import io.github.sqlvdi.mtf.MediaSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Files that are stripes of one media set.
 *
 * @param files the files, in the order of the command line
 * @param media the check that they belong together and that none is missing
 */
record InspectedSet(List<InspectedFile> files, MediaSet media) {

    /**
     * {@return the sets that the files form; with {@code one} all files form one set, else a file without a label is in
     * no set}
     */
    static List<InspectedSet> of(List<InspectedFile> files, boolean one) {
        Map<Object, List<InspectedFile>> sets = new LinkedHashMap<>();
        for (InspectedFile file : files) {
            if (one) {
                sets.computeIfAbsent("", key -> new ArrayList<>()).add(file);
            } else if (file.report().label().isPresent()) {
                ColumnValue<UUID> id = file.report().label().get().mediaSetId();
                sets.computeIfAbsent(id.isPresent() ? id : file, key -> new ArrayList<>()).add(file);
            }
        }
        return sets.values().stream()
                .map(it -> new InspectedSet(it, MediaSet.of(it.stream().map(InspectedFile::report).toList()))).toList();
    }

    /** {@return the problems of the set, without the damage of a single file, which is reported with the file} */
    List<String> problems() {
        boolean single = files.size() == 1;
        return media.problems().stream().filter(problem -> !(single && !files.getFirst().isWhole()
                && problem.startsWith("stream 1 is"))).toList();
    }
}
