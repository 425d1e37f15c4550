package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.storage.store.Stores;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sqlvdi prune}: removes what killed backups left in a store. */
@Command(name = "prune", mixinStandardHelpOptions = true,
        description = "Removes what killed backups left in a store: uploads that nobody sees and that cost storage. Complete "
                + "backups stay.")
final class PruneCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--idle", paramLabel = "HOURS", defaultValue = "24",
            description = "Only uploads to which nothing was added for so long. It must be longer than any pause of a backup "
                    + "that runs. Default: ${DEFAULT-VALUE}.")
    private int hours;

    @Parameters(paramLabel = "PLACE", description = "s3://bucket/prefix.")
    private String place;

    @Option(names = "--json",
            description = "Print one JSON document on standard output, for programs; words go to standard error.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (hours < 0) {
            throw new ParameterException(spec.commandLine(), "--idle is " + hours + ": expected 0 hours or more.");
        }
        if (!json) {
            List<String> removed = prune();
            removed.forEach(what -> spec.commandLine().getOut().println("removed " + SetReport.printable(what)));
            spec.commandLine().getOut().println(String.format(Locale.ROOT, "%,d upload%s removed", removed.size(),
                    removed.size() == 1 ? "" : "s"));
            return 0;
        }
        JsonOutput output = JsonOutput.of(spec);
        output.run(() -> {
            output.print(ServerJson.removed(place, prune()));
            return null;
        });
        return 0;
    }

    private List<String> prune() throws IOException {
        try (Stores stores = new Stores()) {
            return stores.cleanUp(place, Duration.ofHours(hours));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage() + ".", wrong);
        }
    }
}
