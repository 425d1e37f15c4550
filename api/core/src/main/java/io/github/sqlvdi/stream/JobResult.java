package io.github.sqlvdi.stream;

import io.github.sqlvdi.mtf.StreamReport;
import io.github.sqlvdi.statement.DeviceOutcome;
import io.github.sqlvdi.statement.OutcomeUnknownException;
import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.statement.SqlStatement;
import io.github.sqlvdi.statement.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The result of a job: the server's verdict, the outcome of each device, and all other problems.
 *
 * <p>{@link #orThrow()} turns a job that is not good into an exception. A program that does not call it must look at
 * {@link #good()}: {@link DeviceJob#run()} throws no exception for a job that is not good.
 *
 * <p>There is no public constructor, so that later versions can report more. A test gets a result from a job that runs
 * against the emulated server, or from a job whose {@link SqlStatement} is a test double.
 */
public final class JobResult {

    private final boolean good;
    private final Optional<Verdict> verdict;
    private final List<DeviceOutcome> devices;
    private final long storedBytes;
    private final List<Throwable> problems;
    private final List<String> unchecked;
    private final Duration elapsed;
    private final List<Optional<StreamReport>> streams;
    private final List<String> warnings;

    JobResult(boolean good, Optional<Verdict> verdict, List<DeviceOutcome> devices, long storedBytes,
            List<Throwable> problems, List<String> unchecked, Duration elapsed, List<Optional<StreamReport>> streams,
            List<String> warnings) {
        this.good = good;
        this.verdict = verdict;
        this.devices = List.copyOf(devices);
        this.storedBytes = storedBytes;
        this.problems = List.copyOf(problems);
        this.unchecked = List.copyOf(unchecked);
        this.elapsed = elapsed;
        this.streams = List.copyOf(streams);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * {@return true only when the server's verdict is good, every device is good, every target was kept, and a server
     * that agreed to send VDC_Complete for a backup has sent it (VDI reference 8.16; not asked of snapshots)}
     */
    public boolean good() {
        return good;
    }

    /**
     * Returns a good result, and throws an exception for any other.
     *
     * @return this
     * @throws JobException if the job is not good: the message has all {@link #failures()}, and the exceptions behind
     *     them are its suppressed exceptions
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
     * Returns the server's verdict on the statement.
     *
     * @return the verdict; empty when the statement was not executed, threw an exception, or did not end
     */
    public Optional<Verdict> verdict() {
        return verdict;
    }

    /** {@return how each device ended, in the order of the devices; empty when the server never configured the set} */
    public List<DeviceOutcome> devices() {
        return devices;
    }

    /**
     * Returns the failures outside the devices.
     *
     * @return the failures in the order in which they were noticed: creating the set, waiting for the server, the
     *     statement, keeping a target
     */
    public List<Throwable> problems() {
        return problems;
    }

    /**
     * Returns in words what a restore could not check before it began: files without a manifest.
     *
     * @return one line for each file; none for a backup
     */
    public List<String> unchecked() {
        return unchecked;
    }

    /** {@return how long the job ran} */
    public Duration elapsed() {
        return elapsed;
    }

    /**
     * Returns the description of each device's stream, in the order of the devices.
     *
     * @return one description for each device. It is empty for a device without analysis, because
     *     {@link DeviceJob.Builder#readAlong(boolean)} was false, its handler is no reference device, or the server
     *     moved the position on its medium. If a restore closed the device before the end of the stream, its wholeness
     *     is {@link io.github.sqlvdi.mtf.Wholeness#FLOWING}
     */
    public List<Optional<StreamReport>> streams() {
        return streams;
    }

    /**
     * Returns warnings about a backup whose verdict is good: its streams are not complete, or they are no complete
     * media set. A warning does not make the job fail and does not remove the targets. One reason is that the server
     * may have truncated its log after the good verdict. Another is that the format of the streams is not documented,
     * so a later version of the server may write streams that this library does not expect. Use
     * {@code RESTORE VERIFYONLY} to let the server check the backup.
     *
     * @return one line for each warning, usually none
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * Returns the number of bytes that all devices moved.
     *
     * @return the sum
     */
    public long bytes() {
        return devices.stream().mapToLong(DeviceOutcome::bytes).sum();
    }

    /**
     * Returns the number of bytes that were written to the targets or read from the sources: fewer than {@link #bytes()} if
     * a {@link Pipeline} compresses.
     *
     * @return the sum
     */
    public long storedBytes() {
        return storedBytes;
    }

    /**
     * Returns all failures in words: first the problems, then the failures of the devices, then the server's errors.
     *
     * @return one line for each failure, none after success
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

    /** {@return whether the job is good, its failures and its warnings, in one line for logs} */
    @Override
    public String toString() {
        String end = good ? String.format(Locale.ROOT, "good, %,d bytes in %s", bytes(), elapsed)
                : "not good: " + String.join("; ", failures());
        return warnings.isEmpty() ? end : end + "; warning: " + String.join("; ", warnings);
    }

    /**
     * The messages of the library's own exceptions are sentences. A message of a JDK exception is often only a file
     * name, so it needs the name of the class.
     */
    private static String text(Throwable failure) {
        boolean speaks = failure instanceof JobException || failure instanceof DeviceFailureException
                || failure instanceof OutcomeUnknownException;
        return speaks ? failure.getMessage() : failure.toString();
    }
}
