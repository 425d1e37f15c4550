package io.github.sqlvdi.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * The table of floors in {@code docs/architecture.md}, held against class files. A package may use packages of lower floors
 * only, so no cycle is possible.
 */
public final class Floors {

    private static final String PREFIX = "io.github.sqlvdi";
    /** A row: the floor, then the packages in backticks, named behind the prefix. */
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\| ([^|]*)\\|.*");
    private static final Pattern NAME = Pattern.compile("`([a-z0-9_.]+)`");
    private static final Pattern ARROW = Pattern.compile("^\\s+(\\S+)\\s+->\\s+(\\S+).*");

    private final Map<String, Integer> floors = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    private Floors() {
    }

    /** Reads the table. */
    public static Floors of(List<String> page) {
        Floors table = new Floors();
        for (String line : page) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                NAME.matcher(row.group(2)).results().map(name -> full(name.group(1)))
                        .forEach(name -> table.add(name, Integer.parseInt(row.group(1))));
            }
        }
        return table;
    }

    private static String full(String name) {
        return name.startsWith(PREFIX) ? name : PREFIX + "." + name;
    }

    private void add(String name, int floor) {
        if (floors.put(name, floor) != null) {
            faults.add(name + " has two rows in the table");
        }
    }

    /** Returns the packages of the table. */
    public Set<String> packages() {
        return floors.keySet();
    }

    /** Finds every arrow of these class files, in folders or jars, that goes to no lower floor. */
    public List<String> check(Path... classes) throws IOException {
        List<String> found = new ArrayList<>(faults);
        Set<String> packages = new TreeSet<>();
        for (String line : jdeps(classes).lines().toList()) {
            Matcher arrow = ARROW.matcher(line);
            if (arrow.matches() && arrow.group(1).startsWith(PREFIX)) {
                String from = packageOf(arrow.group(1));
                packages.add(from);
                if (arrow.group(2).startsWith(PREFIX)) {
                    packages.add(packageOf(arrow.group(2)));
                    fault(arrow.group(1), arrow.group(2)).ifPresent(found::add);
                }
            }
        }
        packages.stream().filter(name -> !floors.containsKey(name)).map(name -> name + " is not in the table")
                .forEach(found::add);
        if (packages.isEmpty()) {
            found.add("jdeps found no class of ours in " + List.of(classes));
        }
        return found;
    }

    private Optional<String> fault(String from, String to) {
        String user = packageOf(from);
        String used = packageOf(to);
        Integer floor = floors.get(user);
        Integer below = floors.get(used);
        if (user.equals(used) || floor == null || below == null || below < floor) {
            return Optional.empty();
        }
        return Optional.of(String.format(Locale.ROOT, "%s (floor %d) uses %s (floor %d)", from, floor, to, below));
    }

    private static String packageOf(String className) {
        return className.substring(0, className.lastIndexOf('.'));
    }

    private static String jdeps(Path... classes) throws IOException {
        Optional<ToolProvider> jdeps = ToolProvider.findFirst("jdeps");
        assumeTrue(jdeps.isPresent(), "the Java of the tests has no jdeps");
        List<String> arguments = new ArrayList<>(
                List.of("-verbose:class", "-filter:none", "--multi-release", "base"));
        for (Path each : classes) {
            arguments.addAll(classFiles(each));
        }
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = jdeps.orElseThrow().run(new PrintWriter(output), new PrintWriter(errors),
                arguments.toArray(String[]::new));
        if (code != 0) {
            throw new AssertionError("jdeps " + arguments + " ended with " + code + ": " + output + errors);
        }
        return output.toString();
    }

    /** Lists the classes of a folder without its descriptor: with it, jdeps would ask for the modules that it requires. */
    private static List<String> classFiles(Path classes) throws IOException {
        if (!Files.isDirectory(classes)) {
            return List.of(classes.toString());
        }
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
                    .toList();
        }
    }

    /** Finds the packages that have a source file below a folder; generated ones have none. */
    public static Set<String> sources(Path folder) throws IOException {
        Set<String> packages = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".java") && file.getNameCount() > folder.getNameCount() + 1)
                    .map(file -> folder.relativize(file.getParent()).toString().replace('\\', '/').replace('/', '.'))
                    .forEach(packages::add);
        }
        return packages;
    }
}
