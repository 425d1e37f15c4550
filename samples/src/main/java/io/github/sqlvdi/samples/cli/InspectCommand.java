package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.mtf.Wholeness;
import io.github.sqlvdi.storage.Age;
import io.github.sqlvdi.stream.Pipeline;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code sqlvdi inspect}: shows what backup files hold, and whether they are whole. */
@Command(name = "inspect", mixinStandardHelpOptions = true,
        description = "Says what backup files hold, as RESTORE LABELONLY, HEADERONLY and FILELISTONLY do, and whether they "
                + "are whole, without a SQL Server. Files of one media set are checked as its stripes. Files that are "
                + "compressed (zstd, gzip) or encrypted (age, with --identity) are decoded. A question mark marks values whose place in the format is a guess.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every stream is whole, and every media set complete", "1:a file could not be read",
            "2:the command line is wrong", "3:a stream is incomplete or damaged, or a stripe is missing",
            "4:a stream is in a format that is not known"})
final class InspectCommand implements Callable<Integer> {

    private static final int UNREADABLE = 1;
    private static final int NOT_WHOLE = 3;
    private static final int NOT_KNOWN = 4;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private SqlVdi sqlvdi;

    @Parameters(arity = "1..*", paramLabel = "FILE",
            description = "Backup files, or places in a store (s3://bucket/key); - reads standard input.")
    private List<String> names;

    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    @Option(names = "--no-checksums",
            description = "Do not compute the checksums of backups made WITH CHECKSUM, nor those of pages: faster, but "
                    + "damage in pages and log is not found.")
    private boolean noChecksums;

    @Option(names = "--one-set", description = "All files must be the stripes of one media set.")
    private boolean oneSet;

    @Option(names = "--identity", paramLabel = "FILE",
            description = "A file with keys that open files in the age format; give it again for more.")
    private List<Path> identities = List.of();

    /** The channel that is being read, and whether the user interrupted. */
    private Channel open;
    private boolean interrupted;

    @Override
    public Integer call() throws IOException {
        sqlvdi.watch(this::interrupt);
        List<InspectedFile> files = new ArrayList<>();
        boolean unreadable = false;
        Age age = DecodingOptions.age(identities, spec.commandLine().getErr());
        try (Pipeline pipeline = DecodingOptions.readers(age).build()) {
            for (String name : names) {
                try {
                    DeviceFiles.requireReadable(List.of(StorePath.of(name)));
                    files.add(InspectedFile.read(name, !noChecksums, pipeline, this::opened));
                } catch (IOException | FailedException e) {
                    if (isInterrupted()) {
                        return UNREADABLE; // the interruption closed the channel: not a failure
                    }
                    unreadable = true;
                    spec.commandLine().getErr().println("sqlvdi: " + FailureWords.of(e));
                }
            }
        }
        List<InspectedSet> sets = files.isEmpty() ? List.of() : InspectedSet.of(files, oneSet);
        int exitCode = unreadable ? UNREADABLE : exitCode(files, sets);
        if (json) {
            spec.commandLine().getOut().println(InspectJson.of(files, sets, exitCode == 0));
        } else {
            InspectReport.of(files, sets).forEach(spec.commandLine().getOut()::println);
        }
        spec.commandLine().getOut().flush();
        return exitCode;
    }

    private static int exitCode(List<InspectedFile> files, List<InspectedSet> sets) {
        boolean unknown = false;
        for (InspectedFile file : files) {
            if (file.report().wholeness() == Wholeness.UNKNOWN && file.broken().isEmpty()) {
                unknown = true;
            } else if (!file.isWhole()) {
                return NOT_WHOLE;
            }
        }
        if (unknown) {
            return NOT_KNOWN;
        }
        return sets.stream().allMatch(set -> set.problems().isEmpty()) ? 0 : NOT_WHOLE;
    }

    private synchronized void opened(Channel channel) {
        open = channel;
        if (interrupted) {
            close();
        }
    }

    private synchronized void interrupt() {
        interrupted = true;
        if (open != null) {
            close();
        }
    }

    private synchronized boolean isInterrupted() {
        return interrupted;
    }

    /** Closes the channel, which ends a read, even one that waits for standard input. */
    private void close() {
        try {
            open.close();
        } catch (IOException e) {
            spec.commandLine().getErr().println("sqlvdi: " + FailureWords.of(e));
        }
    }
}
