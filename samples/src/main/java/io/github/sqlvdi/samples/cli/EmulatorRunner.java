package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.embedded.EmbeddedSet;
import io.github.sqlvdi.emulator.EmulatedServer;
import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.statement.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;

/** Waits for the device set of a client in another process, executes one statement on it, and reports the result. */
final class EmulatorRunner {

    /**
     * Milliseconds between two looks for the device set. There is no event for a new set, and a late server is normal.
     */
    private static final long LOOK_MILLIS = 100;

    private final CommandSpec spec;
    private final Interruption interruption;
    private final CountDownLatch cancelled = new CountDownLatch(1);

    EmulatorRunner(CommandSpec spec, Interruption interruption) {
        this.spec = spec;
        this.interruption = interruption;
    }

    void execute(String title, EmulatedServer statement, EmulatorOptions options)
            throws FailedException, IOException, InterruptedException {
        awaitClient(options.setName(), options.patience(), statement::cancel);
        Verdict verdict = statement.execute();
        verdict.messages().stream().filter(message -> !message.isError()).map(SqlMessage::text).forEach(this::say);
        if (!verdict.good()) {
            List<String> lines = new ArrayList<>();
            lines.add(title + " failed:");
            lines.addAll(FailureWords.of(verdict));
            throw new FailedException(String.join(System.lineSeparator() + "  ", lines));
        }
        say(String.format(Locale.ROOT, "%s is good: %s.", title, ByteSize.words(verdict.bytes().orElseThrow())));
    }

    /** Lets an interruption cancel the statement from here on, and waits for the device set of the client. */
    void awaitClient(String set, Duration patience, Runnable cancel)
            throws FailedException, IOException, InterruptedException {
        watch(cancel);
        awaitSet(set, patience);
    }

    /** Lets an interruption cancel the statement from here on. */
    void watch(Runnable cancel) {
        interruption.watch(() -> {
            cancelled.countDown();
            cancel.run();
        });
    }

    private void awaitSet(String name, Duration patience) throws FailedException, IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean said = false;
        while (!exists(name)) {
            if (System.nanoTime() >= deadline) {
                throw new FailedException(
                        String.format(Locale.ROOT,
                                "No client created the device set %s within %d s. Start one as the same user, ", name,
                                patience.toSeconds())
                                + "for example 'sqlvdi backup --external-server --name ...', or give --wait more seconds.");
            }
            if (!said) {
                say("Waiting for a client to create the device set " + name);
                said = true;
            }
            if (cancelled.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new FailedException("Interrupted before a client created the device set " + name + ".");
            }
        }
    }

    /** Returns whether a live set has the name. If this process cannot reach it, the statement tells why. */
    private static boolean exists(String name) throws IOException {
        return EmbeddedSet.list().stream().anyMatch(set -> set.name().equals(name))
                || EmbeddedSet.unreachable().containsKey(name);
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
