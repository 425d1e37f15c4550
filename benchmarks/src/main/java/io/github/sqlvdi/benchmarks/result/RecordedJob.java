package io.github.sqlvdi.benchmarks.result;

import java.util.Map;

/**
 * A job as the flight recorder saw it.
 *
 * @param set the name of its device set
 * @param backup false for a restore
 * @param devices how many it had
 * @param bytes of all devices
 * @param good whether the job was good
 * @param seconds how long it took
 * @param stages where its time went, in seconds of one device on average. The sum is {@code seconds}, unless the devices
 *     wait for several things at once
 */
public record RecordedJob(
        String set,
        boolean backup,
        int devices,
        long bytes,
        boolean good,
        double seconds,
        Map<String, Double> stages) {
}
