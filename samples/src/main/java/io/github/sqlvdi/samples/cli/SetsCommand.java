package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.embedded.ControlRegion;
import io.github.sqlvdi.embedded.EmbeddedSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code sqlvdi sets}: the live device sets of this user. */
@Command(name = "sets",
        mixinStandardHelpOptions = true,
        description = "Shows the live device sets of this user, their processes, and how far their devices are: commands "
                + "the server sent, the client fetched and completed; queued waits for the client, active is in its "
                + "hands. Only looks, changes nothing.")
final class SetsCommand implements Callable<Integer> {

    private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private SqlVdi sqlvdi;

    @Option(names = {"-w", "--watch"},
            arity = "0..1",
            paramLabel = "SECONDS",
            fallbackValue = "1",
            description = "Show them again and again, every second or so many seconds, until interrupted.")
    private Integer interval;

    @Option(names = "--dump",
            paramLabel = "NAME",
            description = "Show everything in the control region of the set of this name, by field, with the result of "
                    + "each check.")
    private String dump;

    @Override
    public Integer call() throws Exception {
        if (dump != null) {
            return dump();
        }
        if (interval != null && interval < 1) {
            throw new ParameterException(spec.commandLine(),
                    "--watch is " + interval + ": expected 1 second or more.");
        }
        CountDownLatch interrupted = new CountDownLatch(1);
        sqlvdi.watch(interrupted::countDown);
        show("");
        while (interval != null && !interrupted.await(interval, TimeUnit.SECONDS)) {
            show(Terminal.onStandardOutput() ? CLEAR_SCREEN : System.lineSeparator());
        }
        return 0;
    }

    /** Prints the control regions of a set. Returns 1 if there is no such set or if a field is damaged. */
    private int dump() throws IOException {
        if (interval != null) {
            throw new ParameterException(spec.commandLine(), "--dump and --watch: expected one of them.");
        }
        List<ControlRegion> regions = ControlRegion.ofSet(dump);
        PrintWriter out = spec.commandLine().getOut();
        RegionReport.of(regions).forEach(out::println);
        out.flush();
        if (regions.isEmpty()) {
            spec.commandLine().getErr().println("No live device set of this user is named " + SetReport.printable(dump)
                    + "; sqlvdi sets shows which there are.");
        }
        return regions.isEmpty() || RegionReport.isDamaged(regions) ? 1 : 0;
    }

    private void show(String before) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        out.print(before);
        SetReport.of(EmbeddedSet.list()).forEach(out::println);
        out.flush();
        EmbeddedSet.unreachable().forEach((name, reason) -> spec.commandLine().getErr().println(String.format(
                Locale.ROOT, "sqlvdi: The device set %s lives, but cannot be reached: %s.", SetReport.printable(name),
                reason.getMessage())));
    }
}
