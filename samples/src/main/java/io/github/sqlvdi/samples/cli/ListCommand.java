package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.storage.store.StoredObject;
import io.github.sqlvdi.storage.store.Stores;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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

    private static final String MANIFEST = ".manifest";

    @Spec
    private CommandSpec spec;

    @Option(names = "--names", description = "Only the names, one a line.")
    private boolean names;

    @Parameters(paramLabel = "PLACE", description = "s3://bucket/prefix, or a folder.")
    private String place;

    @Override
    public Integer call() throws Exception {
        List<StoredObject> found;
        try (Stores stores = new Stores()) {
            found = stores.list(place);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage() + ".", wrong);
        }
        Set<String> all = found.stream().map(it -> it.location().toString()).collect(Collectors.toSet());
        List<StoredObject> backups = found.stream().filter(it -> !it.location().toString().endsWith(MANIFEST)).toList();
        if (names) {
            backups.forEach(it -> say(it.location().toString()));
            return 0;
        }
        TextTable table = new TextTable("name", "bytes", "written", "manifest");
        for (StoredObject backup : backups) {
            String name = backup.location().toString();
            table.add(name, backup.size(), backup.modified(), all.contains(name + MANIFEST) ? "yes" : "no");
        }
        table.lines().forEach(this::say);
        say(String.format(Locale.ROOT, "%,d backup%s, %s", backups.size(), backups.size() == 1 ? "" : "s",
                ByteSize.words(backups.stream().mapToLong(StoredObject::size).sum())));
        return 0;
    }

    private void say(String line) {
        spec.commandLine().getOut().println(SetReport.printable(line));
    }
}
