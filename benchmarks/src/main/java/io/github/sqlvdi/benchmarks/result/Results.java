package io.github.sqlvdi.benchmarks.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Several result files as one.
 *
 * @param files the files in the order in which they were read
 */
record Results(List<ResultFile> files) {

    /** The distances in order of preference: near is the distance on a machine with real CPUs. */
    static final List<String> DISTANCES = List.of("near", "far", "mixed");

    static Results read(List<Path> paths) throws IOException {
        List<ResultFile> files = new ArrayList<>();
        for (Path path : paths) {
            files.add(ResultFile.read(path));
        }
        return new Results(files);
    }

    /** {@return each measurement once; several files of one harness count as several rounds} */
    List<Measurement> measurements() {
        Map<String, Measurement> all = new LinkedHashMap<>();
        files.stream().flatMap(file -> file.measurements().stream())
                .forEach(found -> all.merge(found.key(), found, Measurement::and));
        return List.copyOf(all.values());
    }

    /** {@return the measurement of that suite and name that has at least those parameters} */
    Optional<Measurement> find(String suite, String name, Map<String, String> parameters) {
        return measurements().stream()
                .filter(found -> found.suite().equals(suite) && found.name().equals(name)
                        && found.parameters().entrySet().containsAll(parameters.entrySet())
                        && found.parameters().containsKey("metric") == parameters.containsKey("metric"))
                .findFirst();
    }

    /** {@return the measurement as in {@link #find}, with near CPUs if there is one, else far, else whatever there is} */
    Optional<Measurement> nearest(String suite, String name, Map<String, String> parameters) {
        return Stream.concat(DISTANCES.stream(), Stream.of(""))
                .flatMap(distance -> find(suite, name, at(distance, parameters)).stream()).findFirst();
    }

    /** {@return the ratio of two medians, both at the same distance of the CPUs if the suite records it} */
    Optional<Ratio> ratio(String suite, String name, String base, Map<String, String> parameters) {
        return ratio(suite, name, parameters, base, parameters);
    }

    Optional<Ratio> ratio(String suite, String name, Map<String, String> parameters, String base,
            Map<String, String> baseParameters) {
        return Stream.concat(DISTANCES.stream(), Stream.of("")).flatMap(distance -> {
            Optional<Measurement> over = find(suite, name, at(distance, parameters));
            Optional<Measurement> under = find(suite, base, at(distance, baseParameters));
            return over.isPresent() && under.isPresent()
                    ? Stream.of(new Ratio(over.get().median() / under.get().median(), distance))
                    : Stream.empty();
        }).findFirst();
    }

    private static Map<String, String> at(String distance, Map<String, String> parameters) {
        if (distance.isEmpty()) {
            return parameters;
        }
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put("cpus", distance);
        return more;
    }

    /** A ratio, and the distance of the CPUs at which it was measured (empty where that does not matter). */
    record Ratio(double value, String distance) {
    }
}
