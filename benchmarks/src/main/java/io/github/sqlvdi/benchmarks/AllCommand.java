package io.github.sqlvdi.benchmarks;

import io.github.sqlvdi.benchmarks.baseline.NativeFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code benchmarks.jar all}: makes all results of one run and their report. Each step is a command of this jar in a JVM
 * of its own, printed before it runs, so that a step can be repeated by hand.
 */
@Command(name = "all", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Runs all measurements of PERFORMANCE.md, one after the other, in some 25 minutes, and makes the report of "
                + "them: results, report.html, tables.md with what must hold, and charts in one folder.",
        exitCodeListHeading = "Exit codes:%n", exitCodeList = {"0:everything was measured",
            "1:a step failed; the report has the others", "2:wrong use"})
final class AllCommand implements Callable<Integer> {

    private static final long STEP_MINUTES = 15;

    @Spec
    private CommandSpec spec;

    @Option(names = {"-o", "--output"}, paramLabel = "FOLDER", defaultValue = "results",
            description = "The folder for results, report and charts (${DEFAULT-VALUE}).")
    private Path output;

    @Option(names = "--folder", paramLabel = "FOLDER",
            description = "Where the backups of some gigabytes lie meanwhile (default: the folder for temporary files).")
    private Path folder;

    @Option(names = "--command-line", paramLabel = "JAR",
            description = "sqlvdi.jar, whose start is measured too (default: not measured).")
    private Path commandLine;

    @Option(names = "--only", split = ",", paramLabel = "STEP",
            description = "Only these steps. The report has the results of the others too, if the folder has them. Steps: "
                    + "calls, jmh-calls, jmh-roundtrip, jmh-together, jmh-buffers, jmh-streams, ipc, backup, pipeline, jobs, "
                    + "sets, server.")
    private List<String> only = List.of();

    @Option(names = "--quick", description = "Everything once and short: to see that it runs, not for figures.")
    private boolean quick;

    /**
     * A command of this jar.
     *
     * @param name the name of its result file, without the ending
     * @param options the command with its options
     */
    private record Step(String name, List<String> options) {
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintStream console = System.out;
        List<Step> steps = steps();
        List<String> names = steps.stream().map(Step::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                throw new ParameterException(spec.commandLine(),
                        "--only has the step " + name + ": expected some of " + String.join(", ", names));
            }
        }
        Files.createDirectories(output);
        long begin = System.nanoTime();
        List<String> failed = new ArrayList<>();
        for (Step step : steps) {
            if (only.isEmpty() || only.contains(step.name)) {
                if (!run(step.options, console)) {
                    failed.add(step.name);
                }
                console.printf(Locale.ROOT, "%s: %d s since the beginning%n%n", step.name,
                        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin));
            }
        }
        if (!report(names, console)) {
            failed.add("report");
        }
        if (!failed.isEmpty()) {
            console.println("Failed: " + String.join(", ", failed));
        }
        return failed.isEmpty() ? 0 : 1;
    }

    /** Makes the report of the results in the folder, also of those of an earlier run. */
    private boolean report(List<String> names, PrintStream console) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("report"));
        names.stream().map(this::result).filter(Files::exists).forEach(file -> options.add(file.toString()));
        if (options.size() == 1) {
            return true; // every step failed, and said so
        }
        options.addAll(List.of("-o", output.resolve("report.html").toString(), "--markdown",
                output.resolve("tables.md").toString(), "--svg", output.resolve("charts").toString()));
        return run(options, console);
    }

    private Path result(String step) {
        return output.resolve(step + ".json");
    }

    /** The short calls come first: everything after them warms the machine. */
    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        if (NativeFiles.exist()) {
            add(steps, "calls", List.of("calls"), List.of("--rounds", "1", "--windows", "20", "--warm", "300"));
            jmh(steps, "calls", "VtableCall.(sqlvdi|jextract|jni|jnaDirect|upcall)", "-f", "2");
        }
        jmh(steps, "roundtrip", "CommandRoundTrip", "-f", "3", "-p", "devices=1", "-p", "inFlight=1");
        jmh(steps, "together", "CommandRoundTrip", "-f", "1", "-p", "devices=64", "-p", "inFlight=1,8");
        jmh(steps, "buffers", "BufferPath|BufferHandle", "-f", "1", "-wi", "3", "-i", "5", "-p", "size=1048576");
        jmh(steps, "streams", "StreamReading", "-f", "1");
        add(steps, "ipc", ipc(),
                List.of("--rounds", "1", "--warm", "50", "--measure", "50", "--sizes", "64", "--devices", "2"));
        add(steps, "backup", inFolder("backup"), List.of("--size", "3", "--rounds", "1"));
        if (isLinux()) {
            add(steps, "pipeline", inFolder("pipeline", "--size", "256", "--rounds", "3", "--data", "rows,random",
                    "--devices", "1"),
                    List.of("--size", "3", "--rounds", "1", "--data", "rows", "--levels", "1"));
        }
        List<String> jobs = inFolder("jobs", "--rounds", "3");
        if (commandLine != null) {
            jobs.addAll(List.of("--command-line", commandLine.toString()));
        }
        add(steps, "jobs", jobs, List.of("--jobs", "10", "--together", "1,4", "--rounds", "1"));
        if (isLinux()) {
            add(steps, "sets", List.of("sets", "--rounds", "3"), List.of("--sets", "20", "--rounds", "1"));
        }
        add(steps, "server", List.of("server", "--emulated", "1024", "--database", "sales", "--sizes", "64,1024,4096",
                "--buffers", "8,32", "--devices", "1,4", "--rounds", "3"),
                List.of("--emulated", "9", "--rounds", "1", "--warm", "1"));
        return steps;
    }

    private List<String> ipc() {
        List<String> options = new ArrayList<>(
                List.of("ipc", "--rounds", "3", "--sizes", "64,1024,4096", "--devices", "1,8,64"));
        if (quick) {
            options.add("--quick");
        }
        return options;
    }

    private static boolean isLinux() {
        return Files.exists(Path.of("/proc/self/fd"));
    }

    private List<String> inFolder(String... command) {
        List<String> options = new ArrayList<>(List.of(command));
        if (folder != null) {
            options.addAll(List.of("--folder", folder.toString()));
        } else if (command[0].equals("jobs")) {
            options.addAll(List.of("--folder", System.getProperty("java.io.tmpdir")));
        }
        return options;
    }

    /** Adds a command with its result file. {@code --quick} adds the short options, which replace those before. */
    private void add(List<Step> steps, String name, List<String> options, List<String> shorter) {
        List<String> all = chosen(options, shorter);
        all.addAll(List.of("-o", result(name).toString()));
        steps.add(new Step(name, all));
    }

    private void jmh(List<Step> steps, String name, String... options) {
        List<String> all = chosen(List.of(options), List.of("-f", "1", "-wi", "0", "-i", "1", "-r", "50ms"));
        String step = "jmh-" + name;
        all.addAll(List.of("-prof", "gc", "-rf", "json", "-rff", result(step).toString()));
        steps.add(new Step(step, all));
    }

    private List<String> chosen(List<String> options, List<String> shorter) {
        List<String> all = new ArrayList<>(options);
        for (int i = 0; quick && i < shorter.size(); i += 2) {
            int before = all.indexOf(shorter.get(i));
            if (before >= 0) {
                all.subList(before, before + 2).clear();
            }
            all.addAll(shorter.subList(i, i + 2));
        }
        return all;
    }

    /** Runs a command of this jar in a JVM with the options of this one. Returns whether it succeeded. */
    private static boolean run(List<String> options, PrintStream console) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        Predicate<String> isForJvm = option -> option.startsWith("-XX:") || option.startsWith("-Xm");
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(isForJvm).forEach(command::add);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(options);
        console.println(String.join(" ", Stream.concat(Stream.of("java -jar benchmarks.jar"), options.stream())
                .toList()));
        console.flush();
        Process process = new ProcessBuilder(command).inheritIO().start();
        Thread end = Thread.ofPlatform().unstarted(process::destroyForcibly); // a measurement does not outlive its parent
        Runtime.getRuntime().addShutdownHook(end);
        try {
            if (!process.waitFor(STEP_MINUTES, TimeUnit.MINUTES)) {
                console.println("No end within " + STEP_MINUTES + " minutes.");
                return false;
            }
            return process.exitValue() == 0;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }
}
