package io.github.sqlvdi.stream;

import io.github.sqlvdi.mtf.StreamReport;
import io.github.sqlvdi.statement.DeviceOutcome;
import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.statement.SqlStatement;
import io.github.sqlvdi.statement.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a job ended, in one place: the server's verdict, how each device ended, and what went wrong around them.
 *
 * <p>{@link #orThrow()} turns a job that is not good into an exception. A program that does not call it must look at
 * {@link #good()}: a job does not throw by itself.
 *
 * <p>There is no public constructor, so that later versions can report more. A test gets a result from a job that runs
 * against the emulated server, or whose {@link SqlStatement} is a test double.
 */
public final class JobResult {

    private final boolean good;
    private final Optional<Verdict> verdict;
    private final List<DeviceOutcome> devices;
    private final List<Throwable> problems;
    private final List<String> unchecked;
    private final Duration elapsed;
    private final List<Optional<StreamReport>> streams;
    private final List<String> warnings;

    JobResult(boolean good, Optional<Verdict> verdict, List<DeviceOutcome> devices, List<Throwable> problems,
            List<String> unchecked, Duration elapsed, List<Optional<StreamReport>> streams, List<String> warnings) {
        this.good = good;
        this.verdict = verdict;
        this.devices = List.copyOf(devices);
        this.problems = List.copyOf(problems);
        this.unchecked = List.copyOf(unchecked);
        this.elapsed = elapsed;
        this.streams = List.copyOf(streams);
        this.warnings = List.copyOf(warnings);
    }

    /** {@return true only when the server's verdict is good, every device did its part, and every target was kept} */
    public boolean good() {
        return good;
    }

    /**
     * Gives a good result back and throws for any other.
     *
     * @return this
     * @throws JobException if the job is not good: the message has all {@link #failures()}, and what failed is suppressed
     *     in it
     */
    public JobResult orThrow() throws JobException {
        if (good) {
            return this;
        }
        List<String> lines = failures();
        JobException failure = new JobException(
                lines.isEmpty() ? "The server's verdict on the statement is not good" : String.join("; ", lines));
        problems.forEach(failure::addSuppressed);
        devices.forEach(device -> device.failure().ifPresent(failure::addSuppressed));
        throw failure;
    }

    /**
     * What the server says about the statement.
     *
     * @return empty when the statement was not executed, threw an exception, or did not end
     */
    public Optional<Verdict> verdict() {
        return verdict;
    }

    /** {@return how each device ended, in their order; empty when the server never configured the set} */
    public List<DeviceOutcome> devices() {
        return devices;
    }

    /**
     * What failed beside the devices.
     *
     * @return in the order it was noticed: creating the set, waiting for the server, the statement, keeping a target
     */
    public List<Throwable> problems() {
        return problems;
    }

    /**
     * What a restore could not check before it began, in words: files without a manifest.
     *
     * @return one line for each; none for a backup
     */
    public List<String> unchecked() {
        return unchecked;
    }

    /** {@return how long the job ran} */
    public Duration elapsed() {
        return elapsed;
    }

    /**
     * What passed through each device, in their order.
     *
     * @return one entry for each device: empty for one that was not read along, because the job was told so, its handler
     *     is no reference device, or it was moved about on its medium. A restore that closed a device before the end of
     *     its stream says {@link io.github.sqlvdi.mtf.Wholeness#FLOWING}
     */
    public List<Optional<StreamReport>> streams() {
        return streams;
    }

    /**
     * What deserves a look although the job may be good: a backup that the server calls good, but whose streams are not
     * whole, or no complete media set. That is no failure: the server's word decides, its log may be truncated already,
     * and the targets are kept; the format of the streams is not documented, so a later version of the server may write
     * what this library does not expect. {@code RESTORE VERIFYONLY} gives the server's own opinion.
     *
     * @return one line for each, usually none
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * The bytes that were moved over all devices.
     *
     * @return the sum
     */
    public long bytes() {
        return devices.stream().mapToLong(DeviceOutcome::bytes).sum();
    }

    /**
     * Everything that went wrong, in words: problems first, then the devices, then the server's errors.
     *
     * @return one line for each, none after success
     */
    public List<String> failures() {
        List<String> lines = new ArrayList<>();
        problems.forEach(problem -> lines.add(text(problem)));
        devices.forEach(device -> device.failure()
                .ifPresent(failure -> lines
                        .add(String.format(Locale.ROOT, "Device %s: %s", device.name(), text(failure)))));
        verdict.filter(answer -> !answer.good()).ifPresent(answer -> answer.messages().stream()
                .filter(SqlMessage::isError).forEach(message -> lines.add(message.toString())));
        return lines;
    }

    /** {@return whether the job is good, and what failed, in one line for logs} */
    @Override
    public String toString() {
        String end = good ? String.format(Locale.ROOT, "good, %,d bytes in %s", bytes(), elapsed)
                : "not good: " + String.join("; ", failures());
        return warnings.isEmpty() ? end : end + "; warning: " + String.join("; ", warnings);
    }

    /** An exception of ours is a sentence; one of the JDK often says no more than a file name without its class. */
    private static String text(Throwable failure) {
        boolean speaks = failure instanceof JobException || failure instanceof DeviceFailureException;
        return speaks ? failure.getMessage() : failure.toString();
    }
}
