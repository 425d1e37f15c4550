package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.storage.store.StoredObject;
import io.github.sqlvdi.storage.store.Stores;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sqlvdi list}: what lies in a store. */
@Command(name = "list", mixinStandardHelpOptions = true,
        description = "Lists the backups in a store or a folder, and whether each has its manifest. A backup without a "
                + "manifest was not confirmed by its server, or was made without one.")
final class ListCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--names", description = "Only the names, one a line.")
    private boolean names;

    @Parameters(paramLabel = "PLACE", description = "s3://bucket/prefix, or a folder.")
    private String place;

    @Option(names = "--json",
            description = "Print one JSON document on standard output, for programs; words go to standard error.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (!json) {
            list(Optional.empty());
            return 0;
        }
        JsonOutput output = JsonOutput.of(spec);
        output.run(() -> {
            list(Optional.of(output));
            return null;
        });
        return 0;
    }

    private void list(Optional<JsonOutput> output) throws IOException {
        List<StoredObject> found;
        try (Stores stores = new Stores()) {
            found = stores.list(place);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage() + ".", wrong);
        }
        List<StoredObject> backups = found.stream().filter(it -> !Stores.isManifest(it.location())).toList();
        Set<StoredObject> confirmed = Set.copyOf(Stores.withManifest(found));
        if (output.isPresent()) {
            output.get().print(ServerJson.listed(place, backups, confirmed::contains));
            return;
        }
        if (names) {
            backups.forEach(it -> say(it.location().toString()));
            return;
        }
        TextTable table = new TextTable("name", "bytes", "written", "manifest");
        for (StoredObject backup : backups) {
            table.add(backup.location(), backup.size(), backup.modified(), confirmed.contains(backup) ? "yes" : "no");
        }
        table.lines().forEach(this::say);
        say(String.format(Locale.ROOT, "%,d backup%s, %s", backups.size(), backups.size() == 1 ? "" : "s",
                ByteSize.words(backups.stream().mapToLong(StoredObject::size).sum())));
    }

    private void say(String line) {
        spec.commandLine().getOut().println(SetReport.printable(line));
    }
}
