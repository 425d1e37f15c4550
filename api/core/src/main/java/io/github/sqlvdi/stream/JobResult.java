package io.github.sqlvdi.stream;

import io.github.sqlvdi.statement.DeviceOutcome;
import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.statement.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a job ended, in one place: what the server says, how each device ended, and what went wrong around them.
 *
 * @param good true only when the server's verdict is good, every device did its part, and every target was kept
 * @param verdict what the server says; empty when the statement was not executed, threw an exception, or did not end
 * @param devices the devices in their order
 * @param problems what failed beside the devices, in the order it was noticed: creating the set, waiting for the server,
 *     the statement, keeping a target
 * @param elapsed how long the job ran
 */
public record JobResult(boolean good, Optional<Verdict> verdict, List<DeviceOutcome> devices,
        List<Throwable> problems, Duration elapsed) {

    /** Keeps copies of the lists. */
    public JobResult {
        devices = List.copyOf(devices);
        problems = List.copyOf(problems);
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
    public List<String> complaints() {
        List<String> lines = new ArrayList<>();
        problems.forEach(problem -> lines.add(text(problem)));
        devices.forEach(device -> device.failure()
                .ifPresent(failure -> lines
                        .add(String.format(Locale.ROOT, "Device %s: %s", device.name(), text(failure)))));
        verdict.filter(answer -> !answer.good()).ifPresent(answer -> answer.messages().stream()
                .filter(SqlMessage::isError).forEach(message -> lines.add(message.toString())));
        return lines;
    }

    /** An exception of ours is a sentence; one of the JDK often says no more than a file name without its class. */
    private static String text(Throwable failure) {
        boolean speaks = failure instanceof JobException || failure instanceof DeviceFailureException;
        return speaks ? failure.getMessage() : failure.toString();
    }
}
